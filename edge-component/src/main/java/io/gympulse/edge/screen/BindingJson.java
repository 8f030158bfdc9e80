package io.gympulse.edge.screen;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.edge.binding.BindingSession;
import io.gympulse.edge.binding.BindingSession.CandidateView;
import io.gympulse.edge.binding.BindingSession.MachineView;
import io.gympulse.edge.binding.TouchMatcher;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Writes how binding stands as JSON.
final class BindingJson {
  private BindingJson() {}

  /// @param sources where candidates come from, in words
  /// @param wall the wall time of a moment on the gateway's timeline
  static ObjectNode write(
      Optional<BindingSession> session, String sources, UnaryOperator<Instant> wall) {
    ObjectNode root = JsonTree.object().put("on", session.isPresent());
    session.map(BindingSession::view).ifPresent(it -> write(it, sources, wall, root));
    return root;
  }

  private static void write(
      BindingSession.View view, String sources, UnaryOperator<Instant> wall, ObjectNode root) {
    root.put("message", view.message()).put("sources", sources);
    root.put("candidates", view.candidates()).put("leftOut", view.leftOut());
    view.current().map(MachineId::value).ifPresent(it -> root.put("current", it));
    root.put("touching", view.touchEndsIn().isPresent()).put("touches", view.touches());
    root.put("touchSeconds", TouchMatcher.WINDOW.toSeconds());
    ArrayNode ranked = root.putArray("ranked");
    for (CandidateView it : view.ranked()) {
      double percent = Math.round(it.probability() * 1_000) / 10.0;
      ranked.addObject().put("key", it.key()).put("label", it.label()).put("percent", percent);
    }
    ArrayNode machines = root.putArray("machines");
    for (MachineView it : view.machines()) {
      ObjectNode node = machines.addObject();
      node.put("id", it.id().value()).put("name", it.name()).put("category", it.category());
      it.sensors().forEach(node.putArray("sensors")::add);
      it.touches().ifPresent(touches -> node.put("touches", touches));
      it.at()
          .map(wall)
          .map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString())
          .ifPresent(at -> node.put("boundAt", at));
    }
  }
}
