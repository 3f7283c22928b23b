// Guarding the app on a device that is shared or kept in a secure place.

import { leave } from "./goodbye.js";
import { LEFT } from "./lock.js";
import { watchOver } from "./locked.js";
import { hideSent, Watch } from "./shared.js";

/** Say whether this device is shared. False where the office's key is missing: then nothing could be sealed here. */
export async function share(app, shared) {
  if (shared && !(await app.store.meta("key"))) return false;
  await app.registry.makeShared(shared);
  app.tabs.postMessage(LEFT); // other tabs begin anew
  if (shared) await guard(app);
  else {
    app.watch?.stop();
    app.store.keepAgain();
    if (app.vault) watchOver(app);
  }
  app.beat();
  return true;
}

/** What was sent goes off the disk; from now on five minutes without use close the app. */
export async function guard(app) {
  app.store.shared = true;
  await hideSent(app.store);
  app.watch?.stop();
  app.how.pin = false; // it closes altogether
  app.watch = new Watch(app.registry, app.account, {
    warn: (soon) => { app.how.idle = soon; app.update(); },
    end: () => leave(app, () => {}, "idle_title"),
  });
  app.watch.start();
}
