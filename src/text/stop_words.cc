#include "text/stop_words.h"

#include <algorithm>
#include <sstream>

#include "corpus/vocabulary.h"
#include "text/normalize.h"

namespace svi_lda {
namespace {

// By part of speech, so that a gap shows.
constexpr const char* kEnglish[] = {
    // articles, demonstratives, quantifiers
    "a an the this that these those such same other others another each every either neither both "
    "all any some no none much many more most few fewer several enough less least little lot lots "
    "one ones",
    // personal, possessive, reflexive, indefinite pronouns
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his "
    "himself she her hers herself it its itself they them their theirs themselves oneself "
    "somebody someone something anybody anyone anything everybody everyone everything nobody "
    "nothing",
    // questions and relatives
    "who whom whose which what whoever whatever whichever when where why how whenever wherever "
    "whether",
    // prepositions
    "about above across after against along amid among amongst around as at before behind below "
    "beneath beside besides between beyond by despite down during except for from in inside into "
    "like near of off on onto out outside over past per since than through throughout till to "
    "toward towards under until up upon via with within without",
    // conjunctions and connectives
    "and or but nor so yet if unless because although though while whereas else then thus hence "
    "therefore however moreover nevertheless otherwise also too instead meanwhile",
    // auxiliary and modal verbs
    "be am is are was were been being do does did done doing have has had having can could may "
    "might must shall should will would ought cannot",
    // adverbs of place, time, degree
    "here there now once again ever never always often sometimes still already just only even very "
    "quite rather almost not perhaps maybe away back further later soon thereby therein whereby "
    "wherein hereby anyway somehow somewhere anywhere everywhere nowhere together apart",
    // verbs and adverbs that carry little
    "get gets got go goes went gone going say says said make makes made let put take takes took "
    "taken come comes came yes oh etc",
    // contractions, and what is left of them where the apostrophe cuts
    "ain't aren't can't couldn't didn't doesn't don't hadn't hasn't haven't isn't mightn't mustn't "
    "needn't shan't shouldn't wasn't weren't won't wouldn't i'm i've i'd i'll you're you've you'd "
    "you'll he's he'd he'll she's she'd she'll it's it'd it'll we're we've we'd we'll they're "
    "they've they'd they'll that's that'd that'll there's there'd there'll here's who's who'd "
    "who'll what's what'll where's when's why's how's let's s t d ll m re ve"};

std::vector<std::string> sorted_once(std::vector<std::string> words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

std::vector<std::string> split_english() {
  std::vector<std::string> words;
  for (const char* const group : kEnglish) {
    std::istringstream text(group);
    for (std::string word; text >> word;) words.push_back(word);
  }
  return sorted_once(std::move(words));
}

}  // namespace

const std::vector<std::string>& english_stop_words() {
  static const std::vector<std::string> words = split_english();
  return words;
}

std::vector<std::string> stop_words_from(const std::string& name) {
  if (name == "english") return english_stop_words();
  WordNormalizer normalizer;
  std::vector<std::string> words;
  const Vocabulary file = Vocabulary::read(name);
  for (const std::string& word : file.words()) {
    words.push_back(normalizer.normal_form(word));
  }
  return sorted_once(std::move(words));
}

}  // namespace svi_lda
