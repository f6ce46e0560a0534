// Boxes on the screen that must not overlap, kept in a grid so that a question costs next to nothing.

const CELL = 64;

class Boxes {
  constructor() {
    this.cells = new Map();
  }

  /** Call `visit` with each cell that a box touches; stop when it returns true. */
  visit(left, top, right, bottom, visit) {
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x += 1) {
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y += 1) {
        if (visit(x * 100003 + y)) return true;
      }
    }
    return false;
  }

  add(left, top, right, bottom, owner = null) {
    const box = { left, top, right, bottom, owner };
    this.visit(left, top, right, bottom, (cell) => {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push(box);
      return false;
    });
  }

  /** Say whether a box would overlap one that is there; what the same owner put there is no hindrance. */
  taken(left, top, right, bottom, owner = null) {
    return this.visit(left, top, right, bottom, (cell) =>
      (this.cells.get(cell) ?? []).some(
        (box) =>
          (owner === null || box.owner !== owner) &&
          box.left < right && left < box.right && box.top < bottom && top < box.bottom,
      ),
    );
  }
}
