# title: A small crawler
# about: Workers share a queue of pages; each page that they fetch adds what it links to.
import asyncio

LATENCY = 0.6  # param: 0.2..2.0 step 0.2 s: how slow the server is
LINKS = {
    "/": ["/news", "/tea", "/about"],
    "/news": ["/news/today", "/"],
    "/tea": ["/tea/green", "/about"],
}


async def fetch(page):
    # caption: A simulated server: long names take longer.
    await asyncio.sleep(LATENCY + len(page) / 20)
    return LINKS.get(page, [])


async def worker(name, pages, seen):
    while True:
        page = await pages.get()  # caption: An idle worker waits for the next page.
        for link in await fetch(page):
            if link not in seen:
                seen.add(link)
                pages.put_nowait(link)
        print(f"{name}: {page}")
        pages.task_done()


async def main():
    pages, seen = asyncio.Queue(), {"/"}
    pages.put_nowait("/")
    workers = [asyncio.create_task(worker(name, pages, seen), name=name) for name in "ABC"]  # marker: three workers
    await pages.join()  # caption: join waits until each page that was put has been reported done.
    print(f"{len(seen)} pages")  # marker: all pages are fetched
    for each in workers:
        each.cancel()  # caption: The workers would wait for ever: there are no more pages.


asyncio.run(main())
