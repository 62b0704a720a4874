-- One line of figures for each run; the scripts beside this one load it.
function done(summary, latency)
  local e = summary.errors
  io.write(string.format("%.0f /s, p50 %.2f ms, p99 %.2f ms, %d errors\n",
    summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    e.connect + e.read + e.write + e.status + e.timeout))
end
