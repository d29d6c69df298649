"""Stands in for curl on machines that have none: the options the README uses, and no more."""

import sys

import httpx2


def main(arguments: list[str]) -> int:
    """Send one request; print the answer, and what ``-w`` asks for on standard error."""
    url, method, body, report, headers = "", "", None, "", {}
    discards = False
    rest = iter(arguments)
    for argument in rest:
        match argument:
            case "-sS":
                pass
            case "-X":
                method = next(rest)
            case "-d":
                body = next(rest)
            case "-o":
                discards = next(rest) == "/dev/null"
            case "-w":
                report = next(rest)
            case "-H":
                name, _, value = next(rest).partition(":")
                headers[name.strip()] = value.strip()
            case _:
                url = argument
    method = method or ("GET" if body is None else "POST")
    answer = httpx2.request(method, url, headers=headers, content=body, timeout=20)
    if not discards:
        sys.stdout.write(answer.text)
    said = {"%{stderr}": "", "%{http_code}": str(answer.status_code), "%{method}": method}
    for variable, value in {**said, "%{url}": url, "\\n": "\n"}.items():
        report = report.replace(variable, value)
    sys.stderr.write(report)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
