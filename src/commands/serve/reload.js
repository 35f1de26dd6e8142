// Reloads the page when the board has changed.
let known;
setInterval(async () => {
  try {
    const version = await (await fetch("/.jobdeck/version")).text();
    if (known !== undefined && version !== known) location.reload();
    known = version;
  } catch {
    // The server has ended; it may come back.
  }
}, 1000);
