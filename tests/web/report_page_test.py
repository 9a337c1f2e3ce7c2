"""Opens pages of `svi-lda report` in Chromium and asserts on what they show."""

import re
import subprocess
import tempfile
import unittest

import browser
from program import DATA, HOSTILE_WORDS, svi_lda, train_demo, write_hostile_corpus


def luminance(colour):
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


class ReportPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = browser.start()
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = cls.temporary.name
        cls.trained = f"{cls.folder}/run"
        train_demo(cls.trained, "-k", 30)
        titles = f"{cls.folder}/titles.txt"
        with open(titles, "w", encoding="utf-8") as file:
            file.writelines(f"<b>Title</b> {i}\n" for i in range(1, 601))
        cls.page_file = f"{cls.folder}/report.html"
        svi_lda("report", cls.trained, "--documents", f"{DATA}/demo.test.docword.txt.gz", "--titles", titles,
                "-o", cls.page_file, "--quiet")

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()
        cls.temporary.cleanup()

    def open(self, path=None):
        page = browser.Page(self.browser, path or self.page_file)
        page.set_width(1400)
        return page

    def test_a_click_on_a_circle_shows_the_topic(self):
        page = self.open()
        topics = svi_lda("topics", self.trained, "--format", "tsv", "--top", 3, "--quiet").splitlines()[1:]
        fourth = topics[9].split("\t")[0]
        circles = page.all("#map g.topic")
        self.assertEqual(len(circles), 30)
        circles[3].click()
        self.assertEqual(page.text("#terms-title"), f"Topic {fourth}")
        self.assertEqual(circles[3].get_attribute("aria-pressed"), "true")
        self.assertEqual(page.text('#topic-list [aria-pressed="true"] .id'), fourth)
        # At lambda = 1 terms stand by probability, as `svi-lda topics` prints them.
        page.run("const s = arguments[0]; s.value = 1; s.dispatchEvent(new Event('input'))",
                 page.one("#relevance"))
        self.assertEqual(page.texts("#terms .word")[:3], [line.split("\t")[3] for line in topics[9:12]])
        page.check_quiet()

    def test_the_slider_ranks_by_relevance(self):
        page = self.open()
        self.assertEqual(len(page.all("#terms li")), 30)
        before = page.texts("#terms .word")
        page.one("#relevance").send_keys(browser.Keys.HOME)
        page.wait(lambda: page.text("#relevance-value") == "λ = 0.00", "lambda = 0")
        exclusive = page.texts("#terms .word")
        self.assertNotEqual(before, exclusive)
        # The page's own data, ranked here by Sievert and Shirley's definition.
        expected = page.run("""
            const data = JSON.parse(document.getElementById("report-data").textContent);
            const terms = [];
            for (let i = 0; i < data.topics[0].terms.length; i += 2) {
              const word = data.topics[0].terms[i];
              terms.push({ text: data.words.texts[word],
                lift: data.topics[0].terms[i + 1] / data.words.counts[word] });
            }
            return terms.sort((a, b) => b.lift - a.lift).slice(0, 30).map((term) => term.text);""")
        self.assertEqual(exclusive, expected)
        page.check_quiet()

    def test_a_word_is_found_with_the_topics_that_use_it(self):
        page = self.open()
        page.one("#search").send_keys("honey")
        self.assertEqual(page.texts("#matches li span:first-child"), ["honey"])
        page.press("ENTER")
        self.assertIn("honey", page.text("#word-card strong"))
        shares = [int(share.rstrip("%")) for share in page.texts("#word-card .percent")[:1]]
        self.assertGreater(shares[0], 50)
        self.assertEqual(page.texts("#word-card li button span:first-child")[0],
                         page.text("#terms-title"))
        self.assertGreater(len(page.all("#map .by-word g.uses")), 0)
        self.assertIn("honey", page.text("#map-status"))
        page.one("#search").clear()
        page.one("#search").send_keys("zzz")
        self.assertIn("None of the", page.text("#matches"))
        page.press("ESCAPE")
        self.assertEqual(page.all("#map .by-word"), [])
        page.check_quiet()

    def test_a_term_under_the_pointer_marks_its_topics(self):
        page = self.open()
        term = page.all("#terms button")[0]
        browser.webdriver.ActionChains(self.browser).move_to_element(term).perform()
        word = term.find_element(browser.By.CSS_SELECTOR, ".word").text
        page.wait(lambda: f"“{word}”" in page.text("#map-status"), "the word's topics")
        self.assertGreater(len(page.all("#map .by-word g.uses")), 0)

    def test_it_works_by_keyboard(self):
        page = self.open()
        first = page.text("#terms-title")
        page.run("document.querySelector('#topic-list [tabindex=\"0\"]').focus()")
        page.press("ARROW_DOWN")
        page.press("ENTER")
        second = page.text("#terms-title")
        self.assertNotEqual(first, second)
        page.run("document.querySelector('#map g.topic[tabindex=\"0\"]').focus()")
        page.press("ARROW_RIGHT")
        page.press("ENTER")
        self.assertNotIn(page.text("#terms-title"), (first, second))
        page.run("document.querySelector('#terms button').focus()")
        page.press("ENTER")
        self.assertEqual(page.text("#terms [aria-pressed='true'] .word"), page.text("#word-card strong"))
        unnamed = page.run("""return [...document.querySelectorAll("button, input, select, g.topic")]
            .filter((e) => !(e.textContent.trim() || e.getAttribute("aria-label") || e.labels?.length))
            .map((e) => e.outerHTML)""")
        self.assertEqual(unnamed, [])

    def test_training_is_drawn_against_time_tokens_and_passes(self):
        page = self.open()
        self.assertIn("unigram baseline", page.text("#training .baseline-label"))
        self.assertEqual(len(page.all("#training .chart")), 4)
        for choice, label in ((1, "tokens seen"), (2, "passes through the corpus")):
            page.all(".choice label")[choice].click()
            self.assertIn(label, page.text("#training .chart svg"))
        page.check_quiet()

    def test_figures_documents_and_command(self):
        page = self.open()
        names = page.texts("#evaluation .figures .name")
        for name in ("completion", "bound", "unigram"):
            self.assertIn(name, names)
        self.assertEqual(len(page.texts("#evaluation .definition")), len(names))
        self.assertEqual(len(page.all("#documents li")), 10)
        self.assertIn("<b>Title</b>", page.text("#documents .title"))
        self.assertTrue(page.text("#command").startswith("svi-lda train "))

    def test_the_command_repeats_the_run(self):
        command = self.open().text("#command").removesuffix("-again") + "-again"
        program = f'svi-lda() {{ "$SVI_LDA" "$@"; }}; {command} --quiet'
        subprocess.run(["bash", "-c", program], check=True)
        with open(f"{self.trained}/model.npz", "rb") as model, \
                open(f"{self.trained}-again/model.npz", "rb") as again:
            self.assertEqual(model.read(), again.read())

    def test_hostile_words_are_text(self):
        corpus, vocabulary = write_hostile_corpus(self.folder)
        run, path = f"{self.folder}/hostile<i>", f"{self.folder}/hostile.html"
        svi_lda("train", corpus, "--vocab", vocabulary, "-k", 4, "--passes", 2, "--quiet", "-o", run)
        svi_lda("report", run, "-o", path, "--quiet")
        page = self.open(path)
        self.assertEqual(page.text("h1"), "hostile<i>")
        shown = set()
        for button in page.all("#topic-list button"):
            button.click()
            shown.update(page.texts("#terms .word"))
        for word in HOSTILE_WORDS:
            self.assertIn(word if len(word) <= 80 else word[:80] + "…", shown)
        page.one("#search").send_keys("<script>window")
        page.press("ENTER")
        self.assertEqual(page.text("#word-card strong"), "<script>window.hurt=1</script>")
        self.assertIsNone(page.run("return window.hurt ?? null"))
        self.assertEqual(page.run("return document.querySelectorAll('img').length"), 0)
        page.check_quiet()

    def test_other_shapes_of_runs(self):
        corpus, _ = write_hostile_corpus(self.folder)
        for topics in (1, 2):
            run, path = f"{self.folder}/k{topics}", f"{self.folder}/k{topics}.html"
            svi_lda("train", corpus, "-k", topics, "--passes", 1, "--quiet", "-o", run)
            svi_lda("report", run, "-o", path, "--quiet")
            page = self.open(path)
            self.assertEqual(len(page.all("#map g.topic")), topics)
            self.assertIn("ids", page.text("#run-note"))
            self.assertIn("No documents were held out", page.text("#training"))
            self.assertIn("There are no figures", page.text("#evaluation"))
            self.assertIn("No documents were given", page.text("#documents"))
            page.check_quiet()
            svi_lda("report", f"{run}/model.npz", "-o", path, "--quiet", "--force")
            page = self.open(path)
            self.assertEqual(page.text("h1"), f"k{topics}/model.npz")
            self.assertIn("no metrics.jsonl", page.text("#training"))
            self.assertIn("no run.json", page.text("#made"))
            page.check_quiet()

    def test_it_fits_a_phone_and_both_colour_schemes(self):
        page = self.open()
        colours = {}
        for scheme in ("light", "dark"):
            page.set_scheme(scheme)
            for width in (1400, 900, 390):
                page.set_width(width)
                self.assertLessEqual(page.run("return document.documentElement.scrollWidth"), width)
            for part in ("body", ".note", ".terms .word", ".status"):
                ink, card = page.run("""
                    const e = document.querySelector(arguments[0]);
                    const card = e.closest(".card") || document.body;
                    return [getComputedStyle(e).color, getComputedStyle(card).backgroundColor];""", part)
                self.assertGreaterEqual(contrast(ink, card), 4.5, (scheme, part, ink, card))
                colours.setdefault(part, set()).add(ink)
        self.assertTrue(all(len(inks) == 2 for inks in colours.values()), colours)
        page.set_scheme("light")

    def test_reaction_to_a_click_with_200_topics(self):
        run, path = f"{self.folder}/k200", f"{self.folder}/k200.html"
        train_demo(run, "-k", 200)
        svi_lda("report", run, "-o", path, "--quiet")
        page = self.open(path)
        times = sorted(page.run("""
            return [...document.querySelectorAll("#map g.topic")].slice(0, 20).map((node) => {
              const begin = performance.now();
              node.dispatchEvent(new MouseEvent("click", { bubbles: true }));
              document.body.getBoundingClientRect();  // layout is part of what a reader waits for
              return performance.now() - begin;
            })"""))
        print(f"reaction to a click, K = 200: median {times[10]:.1f} ms, most {times[-1]:.1f} ms")
        self.assertEqual(len(times), 20)
        self.assertEqual(page.text("#terms-title"),
                         "Topic " + page.texts("#topic-list .id")[19])


if __name__ == "__main__":
    unittest.main(verbosity=2)
