// The rows as the server has them, and which of them are shown in what order.

const kinds = {
  all: () => true,
  unchecked: (row) => !row.checked,
  uncertain: (row) => row.band !== "sure",
  null: (row) => isNull(row),
  moved: (row) => row.moved,
};

export const kindNames = Object.keys(kinds);

export const isNull = (row) => !row.source.length || !row.target.length;

export class Rows {
  rows = [];
  shown = []; // numbers of rows, in the order in which they are shown
  kind = "all";
  byConfidence = false;
  wanted = "";

  load(rows) {
    this.rows = rows;
    this.arrange();
  }

  change({ at, removed, rows }) {
    this.rows.splice(at, removed, ...rows);
    this.arrange();
  }

  arrange() {
    const wanted = this.wanted.toLowerCase();
    const keep = kinds[this.kind];
    this.shown = [];
    this.rows.forEach((row, at) => {
      if (keep(row) && (!wanted || searchable(row).includes(wanted))) this.shown.push(at);
    });
    // Checked rows go last: they are as certain as can be.
    if (this.byConfidence) {
      const doubt = (at) => (this.rows[at].checked ? 2 : this.rows[at].confidence);
      this.shown.sort((a, b) => doubt(a) - doubt(b) || a - b);
    }
  }

  get checked() {
    return this.rows.reduce((count, row) => count + row.checked, 0);
  }
}

function searchable(row) {
  row.searchable ??= [...row.source, ...row.target].join("\n").toLowerCase();
  return row.searchable;
}
