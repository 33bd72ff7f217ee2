// Finds a person's segment from a few answers. Written by tessera typing; needs nothing else.
//
//   tesseraTyping.type({ age: 3, region: "North" })
//     -> { segment: "S1", name: "Families", probability: 0.83, cannotTell: false,
//          probabilities: { S1: 0.83, S2: 0.17 }, notKnown: [] }
//   tesseraTyping.next({ age: 3 })  -> the column to ask next, or null when nothing more is needed
//
// Answers are codes or labels of the survey; leave out what was not asked.
const tesseraTyping = (function () {
  "use strict";
  const data = /*DATA*/null;
  const count = data.segments.length;

  function isMissing(answer) {
    return answer === undefined || answer === null || answer === "" || Number.isNaN(answer);
  }

  function plain(text) {
    return String(text).trim().toLowerCase();
  }

  // Position of the answer among the categories; -1 if the model does not know it.
  function place(question, answer) {
    const text = String(answer).trim();
    const all = question.categories;
    let found = all.findIndex((one) => one.codes.some((code) => String(code) === text));
    if (found < 0 && typeof answer === "boolean" && question.chosen) return answer ? 1 : 0;
    if (found < 0) {
      found = all.findIndex((one) =>
        plain(one.label) === plain(text) || one.labels.some((label) => plain(label) === plain(text)));
    }
    if (found < 0 && question.chosen) return 0;
    return found < 0 ? all.findIndex((one) => one.codes.length === 0) : found;
  }

  // What an answer says of each segment, on the log scale; null if nothing.
  function says(question, answer) {
    if (isMissing(answer)) return null;
    if (question.kind === "categories") {
      const found = place(question, answer);
      return found < 0 ? null : question.logs[found];
    }
    const value = Number(answer);
    if (!Number.isFinite(value)) return null;
    if (question.kind === "normal") {
      return question.means.map((mean, k) =>
        -0.5 * (Math.log(question.variances[k])
          + (value - mean) * (value - mean) / question.variances[k]));
    }
    if (question.kind === "counts") {
      if (value < 0 || value !== Math.round(value)) return null;
      return question.rates.map((rate, k) => {
        const zero = question.zeros ? question.zeros[k] : 0;
        if (zero > 0 && value === 0) return Math.log(zero + (1 - zero) * Math.exp(-rate));
        return Math.log(Math.max(1 - zero, 1e-300))
          + value * Math.log(Math.max(rate, 1e-300)) - rate;
      });
    }
    const own = (value - question.center) * question.scale;
    return question.points.map((point) =>
      question.squares ? -(own - point) * (own - point) : -Math.abs(own - point));
  }

  function chances(sums) {
    const top = Math.max(...sums);
    if (!data.probabilities) {
      const best = sums.indexOf(top);
      return sums.map((_, k) => (k === best ? 1 : 0));
    }
    const terms = sums.map((sum) => Math.exp(sum - top));
    const total = terms.reduce((a, b) => a + b, 0);
    return terms.map((term) => term / total);
  }

  function weigh(answers) {
    let sums = data.prior.slice();
    let known = 0;
    const notKnown = [];
    for (const question of data.questions) {
      const answer = answers[question.name];
      const own = says(question, answer);
      if (own) {
        known += 1;
        sums = sums.map((sum, k) => sum + own[k]);
      } else if (!isMissing(answer)) {
        notKnown.push(question.name);
      }
    }
    return { chances: chances(sums), known, notKnown };
  }

  function type(answers) {
    const found = weigh(answers);
    const best = found.chances.indexOf(Math.max(...found.chances));
    const cannotTell = found.known === 0
      || (data.cannotTellBelow !== null && found.chances[best] < data.cannotTellBelow);
    const probabilities = {};
    data.segments.forEach((segment, k) => { probabilities[segment.id] = found.chances[k]; });
    return {
      segment: cannotTell ? null : data.segments[best].id,
      name: cannotTell ? null : data.segments[best].name,
      probability: found.chances[best], cannotTell, probabilities, notKnown: found.notKnown,
    };
  }

  // Entropy of membership to be expected after a question.
  function expectedEntropy(question, before) {
    let sum = 0;
    for (const outcome of question.outcomes) {
      const top = Math.max(...outcome.logs);
      let mass = 0, norm = 0, terms = 0;
      for (let k = 0; k < count; k++) {
        mass += before[k] * outcome.mass[k];
        const term = before[k] * Math.exp(outcome.logs[k] - top);
        if (term > 0) {
          norm += term;
          terms += term * Math.log(term);
        }
      }
      if (norm > 0) sum += mass * (Math.log(norm) - terms / norm);
    }
    return sum;
  }

  // A question that was asked and not answered stands in the answers as null.
  function next(answers) {
    const left = data.questions.filter((question) => !(question.name in answers));
    if (left.length === 0) return null;
    const first = left.find((question) => question.must);
    if (first) return first.name;
    if (data.stopAt === null) return left[0].name;
    const before = weigh(answers).chances;
    if (Object.keys(answers).length > 0 && Math.max(...before) >= data.stopAt) return null;
    let best = left[0], least = Infinity;
    for (const question of left) {
      const entropy = expectedEntropy(question, before);
      if (entropy < least - 1e-12) [best, least] = [question, entropy];
    }
    return best.name;
  }

  return {
    questions: data.questions.map((question) => ({
      name: question.name, label: question.label,
      answers: (question.categories || []).map((one) => one.label),
    })),
    segments: data.segments, type, next,
  };
})();
if (typeof module !== "undefined") module.exports = tesseraTyping;
