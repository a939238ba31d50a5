/* How Sphinx's search ranks what it found: its own scores, but a page made with others from one notebook
   (a nationality, an area) comes after the chapters that say as much, and far after where its title does not say it. */
var Scorer = {
  score: ([page, , anchor, , score]) => {
    if (!page.includes("/")) return score;
    return anchor || score < Scorer.title / 2 ? score / 10 : score - 1;
  },
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
