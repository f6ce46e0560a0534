// Taking the picture and its data along.

const save = (() => {
  function offer(blob, name) {
    const address = URL.createObjectURL(blob);
    const anchor = make('a', { href: address, download: name });
    anchor.click();
    setTimeout(URL.revokeObjectURL, 10000, address);
  }

  /** The picture as it is seen, twice as fine, on a ground, with its title. */
  function canvas() {
    const now = picture.view();
    const [foot, ratio] = [34, 2];
    const paper = document.createElement('canvas');
    paper.width = now.width * ratio;
    paper.height = (now.height + foot) * ratio;
    const ctx = paper.getContext('2d');
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.fillStyle = colours.ground;
    ctx.fillRect(0, 0, now.width, now.height + foot);
    paintScene(ctx, now);
    ctx.fillStyle = colours.ground;
    ctx.fillRect(0, now.height, now.width, foot);
    ctx.font = fonts.plain;
    const text = [byId('title').textContent, state.day, byId('counts').textContent].filter(Boolean).join(' · ');
    paintText(ctx, [text], { left: 12, top: now.height + 6, width: 0, line: 20, colour: colours.soft });
    return paper;
  }

  function png() {
    canvas().toBlob((blob) => {
      offer(blob, 'factscape.png');
      announce(say('png_done'));
    });
  }

  function json() {
    offer(new Blob([JSON.stringify(data)], { type: 'application/json' }), 'factscape.json');
  }

  /** Write a table; what a spreadsheet would take for a formula is a text. */
  function csv(rows, name) {
    const cell = (value) => {
      const text = String(value ?? '').replace(/^(?=[=+\-@\t\r])/, typeof value === 'number' ? '' : "'");
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    const text = rows.map((row) => row.map(cell).join(',')).join('\r\n');
    offer(new Blob(['\ufeff', text, '\r\n'], { type: 'text/csv' }), name);
    announce(say('csv_done'));
  }

  byId('save-png').addEventListener('click', png);
  byId('save-json').addEventListener('click', json);

  return { csv };
})();
