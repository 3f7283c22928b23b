// The page to which signing in leads when it was opened from the offline workbook: tell it, and close.

new BroadcastChannel("communitas-session").postMessage("signed in");
setTimeout(() => close(), 800);
