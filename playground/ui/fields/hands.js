// What a person did and the server has not answered yet; playground/ui/fields/hands.py takes it from here.

const PAGE = [...crypto.getRandomValues(new Uint8Array(9))].map((byte) => byte.toString(36)).join("");
const lists = new Map(); // key of a component -> its list; outlives the component, as when another page is looked at
let count = 0;

function handsOf(key) {
  if (!lists.has(key)) lists.set(key, makeHands());
  return lists.get(key);
}

function makeHands() {
  let waiting = []; // [number, field, value]
  let session = null;
  let setState = () => {};

  const send = () => setState("hands", { page: PAGE, session, list: waiting });

  return {
    // What the server says: which session answers, and how far it is.
    hear(data, setStateValue, isNew) {
      setState = setStateValue;
      const isOther = session !== null && session !== data.session;
      session = data.session;
      waiting = waiting.filter(([number]) => number > (data.taken[PAGE] ?? 0));
      if (waiting.length && (isOther || isNew)) send();
    },
    add(field, value) {
      const last = waiting.at(-1);
      if (last && last[1] === field) waiting = waiting.slice(0, -1); // a drag is one hand
      waiting = [...waiting, [++count, field, value]];
      send();
    },
    // The last hand of a field that waits for its answer.
    of: (field) => waiting.findLast(([, name]) => name === field),
  };
}
