import httpx2, json, asyncio
from tests.builders.people import People, PASSWORD

async def test_x(api, people, container, server, database):
    def show(tag, a): print("\n##", tag, a.status_code, a.headers.get("content-type"), a.text[:60] if a.status_code<300 else (a.json().get("code"), a.json().get("errors")) if "json" in a.headers.get("content-type","") and a.text else a.text[:50])
    app = None
    r = people.registration
    for tag, body in {
        "many": r(username="ab", email="bad", password="x", first_name=" ", time_zone="X/Y", date_of_birth="2999-01-01"),
        "intdate": r(date_of_birth=86400),
        "strdate": r(date_of_birth="2000-01-01T00:00:00"),
        "strnum": r(date_of_birth="86400"),
        "alike": r(username="аna"+"x1"),
        "zone": r(time_zone=""), "zone2": r(time_zone="../etc/passwd"), "zone3": r(time_zone="Europe"), "zone4": r(time_zone="localtime"),
        "genderint": r(gender=1), "emailint": r(email=5),
        "unk": r(foo=1),
        "name emoji": r(first_name="\u200b"),
        "email long": r(email="a@"+"b"*250+".de"),
    }.items():
        show(tag, await api.post("/auth/register", json=body))
    show("nobody", await api.post("/auth/register"))
    show("ct", await api.post("/auth/login", content=b'{"username":"a","password":"b"}', headers={"content-type":"text/plain"}))
    show("noct", await api.post("/auth/login", content=b'{"username":"a","password":"b"}'))
    show("xml", await api.post("/auth/login", content=b'<a/>', headers={"content-type":"application/xml"}))
    show("big", await api.post("/auth/login", content=b'{"username":"'+b'a'*2_000_000+b'"}', headers={"content-type":"application/json"}))
    async def gen():
        for _ in range(30): yield b"a"*100_000
    show("bigchunked", await api.post("/auth/login", content=gen(), headers={"content-type":"application/json"}))
    show("405", await api.delete("/me"))
    show("405b", await api.patch("/auth/login"))
    show("404", await api.get("/nothing"))
    show("v2", await httpx2.AsyncClient().get(server.url+"/api/v2/me"))
    show("query", await api.get("/me?x=1"))
    show("401", await api.get("/me"))
    show("head", await api.head("/me"))
    show("trailing", await api.get("/me/"))
    for b in [b"", b"null", b"[]", b"1", b'"x"', b"{", b"\xff", b'{"username":NaN}', b'{"username":"\\u0000","password":"x"}', b'{"username":"\\ud800","password":"x"}', b"["*100000, b'{"username":1e400}', b'{"username":"a","username":"b","password":"x"}', b"\xef\xbb\xbf{}", ("{\"username\":\"a\",\"password\":\"b\",\"x\":"+"9"*5000+"}").encode()]:
        for p in ["login","register"]:
            show(f"poison {b[:30]} {p}", await api.post("/auth/"+p, content=b, headers={"content-type":"application/json"}))
