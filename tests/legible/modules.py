import asyncio

import one_module

asyncio.run(one_module.main())
