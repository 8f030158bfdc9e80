package io.gympulse.cloud.pipeline;

import io.gympulse.cloud.core.device.DeviceCounts;
import io.gympulse.cloud.core.device.DeviceCounts.DeviceCount;
import io.gympulse.cloud.http.HttpHandler;
import io.gympulse.cloud.http.Request;
import io.gympulse.cloud.http.Response;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/// `GET /stats-html?date=YYYY-MM-DD`: the counts of a UTC date as an HTML page. Values are escaped.
public final class DeviceStatsPageHandler extends HttpHandler {
  private final DeviceCounts counts;

  public DeviceStatsPageHandler(DeviceCounts counts, PipelineCounters counters) {
    super(counters.responses());
    this.counts = counts;
  }

  @Override
  protected Response respond(Request request) {
    LocalDate date = DeviceStatsHandler.date(request);
    return Response.html(page(date, counts.of(date)));
  }

  private static String page(LocalDate date, List<DeviceCount> counts) {
    long total = counts.stream().mapToLong(DeviceCount::count).sum();
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Device counts of %1$s</title>
      <style>
      body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem; }
      table { border-collapse: collapse; }
      th, td { border: 1px solid #999; padding: .25rem .75rem; text-align: left; }
      td:last-child { text-align: right; }
      </style>
      </head>
      <body>
      <h1>Device counts of %1$s (UTC)</h1>
      <p>%2$d items counted so far. Items that still wait in the queue are not among them.</p>
      %3$s
      </body>
      </html>
      """
        .formatted(date, total, counts.isEmpty() ? "" : table(counts));
  }

  private static String table(List<DeviceCount> counts) {
    return counts.stream()
        .map(
            it ->
                "<tr><td>%s</td><td>%s</td><td>%d</td></tr>\n"
                    .formatted(escaped(it.kind().type()), escaped(it.kind().state()), it.count()))
        .collect(
            Collectors.joining(
                "",
                """
                <table>
                <thead><tr><th scope="col">Type</th><th scope="col">State</th>\
                <th scope="col">Count</th></tr></thead>
                <tbody>
                """,
                "</tbody>\n</table>"));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
