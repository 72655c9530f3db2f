/** Loaded before a script of the project: when its parent dies without a word (kill -9, a closed window), it ends in order. */
if (process.channel) {
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel.unref();
}
