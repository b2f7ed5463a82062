"""unittest's asynchronous test cases."""
import asyncio, unittest, sys
class T(unittest.IsolatedAsyncioTestCase):
    def setUp(self): print("setUp")
    async def asyncSetUp(self): await asyncio.sleep(1); print("asyncSetUp")
    async def asyncTearDown(self): print("asyncTearDown")
    async def test_one(self):
        await asyncio.sleep(1); self.assertEqual(asyncio.get_running_loop().time(), 2.0)
    async def test_two(self):
        with self.assertRaises(TimeoutError):
            await asyncio.wait_for(asyncio.sleep(5), 1)
    async def clean(self): await asyncio.sleep(1); print("clean")
    def test_three(self): self.addAsyncCleanup(self.clean)
r = unittest.main(exit=False, argv=["x"], verbosity=0).result
print(r.testsRun, len(r.failures), len(r.errors))
for _, e in r.errors + r.failures: print(e)
