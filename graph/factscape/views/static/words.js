// The page's data, the words of the interface, and texts in the language that is read.

const data = JSON.parse(document.getElementById('data').textContent);
const allWords = JSON.parse(document.getElementById('words').textContent);

// A label can hold anything. What steers or turns the text around it is not shown; the rest is
// written with textContent, which runs nothing.
const STEERING = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g;

function clean(text) {
  return String(text).replace(STEERING, ' ').trim();
}

let language = data.lang in allWords ? data.lang : 'en';

/** One of two texts by the language of the interface; a single text serves for both. */
function inLanguage(text) {
  if (!Array.isArray(text)) return clean(text ?? '');
  return clean((language === 'zh' && text[1]) || text[0] || '');
}

/** A word of the interface, its {places} filled; counted words take the number from `n`. */
function say(word, values = {}) {
  let text = allWords[language][word];
  if (Array.isArray(text)) text = text[values.n === 1 || text.length === 1 ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (place, name) => {
    const value = values[name];
    if (value === undefined) return place;
    return typeof value === 'number' ? value.toLocaleString('en') : value;
  });
}
