"""Feeds, for the tests of this folder."""

RSS_HEAD = "<title>Nordlys Tech</title><link>https://nordlys.example/</link>"
ITEM = """<item><title>Kestrel opens a station</title><link>https://nordlys.example/1</link><guid>n-1</guid>
<pubDate>Fri, 20 Nov 2026 13:00:00 +0100</pubDate>
<description>&lt;p&gt;It has &lt;b&gt;two&lt;/b&gt; now.&lt;/p&gt;</description></item>"""


def rss(*items: str, head: str = RSS_HEAD) -> bytes:
    """An RSS feed, its items from line 2 on."""
    return "\n".join([f'<rss version="2.0"><channel>{head}', *items, "</channel></rss>"]).encode()


def atom(*entries: str, head: str = "<title>Nordlys Tech</title>", attributes: str = "") -> bytes:
    """An Atom feed."""
    body = "\n".join([head, *(f"<entry>{entry}</entry>" for entry in entries)])
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}>{body}</feed>'.encode()


def item(number: int, *, text: str = "Some words.") -> str:
    """An RSS item with a title, a link and a guid of its own."""
    return (
        f"<item><title>Story {number}</title><link>https://nordlys.example/{number}</link><guid>n-{number}</guid>"
        f"<description>{text}</description></item>"
    )
