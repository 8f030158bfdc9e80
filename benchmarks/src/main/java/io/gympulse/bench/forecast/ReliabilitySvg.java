package io.gympulse.bench.forecast;

import io.gympulse.bench.forecast.Score.Forecasted;
import io.gympulse.bench.forecast.Score.Group;
import java.util.List;
import java.util.Locale;

/// A reliability diagram: for each tenth of the probabilities how often the event occurred, beside
/// the diagonal of a perfectly calibrated forecast. The area of a point grows with its cases.
final class ReliabilitySvg {
  private static final int SIDE = 400;
  private static final int MARGIN = 50;
  private static final double LARGEST = 14;

  private ReliabilitySvg() {}

  /// @param title plain text without markup
  static String of(String title, List<Forecasted> forecasts) {
    StringBuilder svg = new StringBuilder();
    int size = SIDE + 2 * MARGIN;
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" font-family="sans-serif" font-size="12">
        <rect width="%1$d" height="%1$d" fill="white"/>
        <text x="%2$d" y="24" font-size="15">%3$s</text>
        <rect x="%2$d" y="%2$d" width="%4$d" height="%4$d" fill="none" stroke="#999"/>
        <line x1="%2$d" y1="%5$d" x2="%5$d" y2="%2$d" stroke="#999" stroke-dasharray="4 4"/>
        """
            .formatted(size, MARGIN, title, SIDE, MARGIN + SIDE));
    for (int tick = 0; tick <= 10; tick += 2) {
      svg.append(text(MARGIN + SIDE * tick / 10, MARGIN + SIDE + 18, "middle", percent(tick)))
          .append(text(MARGIN - 8, MARGIN + SIDE - SIDE * tick / 10 + 4, "end", percent(tick)));
    }
    svg.append(text(MARGIN + SIDE / 2, size - 10, "middle", "forecast"));
    svg.append(text(MARGIN + 8, MARGIN + 18, "start", "observed"));
    for (Group group : Group.byProbability(forecasts)) {
      svg.append(point(group, forecasts.size()));
    }
    return svg.append("</svg>\n").toString();
  }

  private static String percent(int tenths) {
    return tenths * 10 + " %";
  }

  private static String text(int x, int y, String anchor, String text) {
    return "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"#333\">%s</text>%n"
        .formatted(x, y, anchor, text);
  }

  private static String point(Group group, int all) {
    double radius = Math.max(3, LARGEST * Math.sqrt((double) group.cases() / all));
    return String.format(
        Locale.ROOT,
        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#1a5fb4\" fill-opacity=\"0.7\">"
            + "<title>%d cases, forecast %.1f %%, observed %.1f %%</title></circle>%n",
        MARGIN + SIDE * group.mean(),
        MARGIN + SIDE * (1 - group.rate()),
        radius,
        group.cases(),
        100 * group.mean(),
        100 * group.rate());
  }
}
