package io.gympulse.edge.screen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.edge.binding.BindingService;
import io.gympulse.edge.binding.BindingSession;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What the installer's screen shows, and the actions of binding. Thread-safe.
public final class InstallerScreen implements ScreenContent {
  private static final String OFF = "Binding is off. Switch it on first.";

  private final GatewayParts parts;
  private final BindingService binding;
  private final Facts facts;

  /// What a report states besides the gateway's status.
  ///
  /// @param version of the gateway
  /// @param java of the Java runtime
  /// @param fingerprint of the screen's certificate; empty without TLS
  public record Facts(String version, String java, String fingerprint) {}

  public InstallerScreen(GatewayParts parts, BindingService binding, Facts facts) {
    this.parts = parts;
    this.binding = binding;
    this.facts = facts;
  }

  @Override
  public String status() {
    return JsonTree.text(StatusJson.write(parts));
  }

  @Override
  public String binding() {
    return JsonTree.text(bindingView());
  }

  private ObjectNode bindingView() {
    return BindingJson.write(binding.session(), binding.sources(), this::wall);
  }

  private Instant wall(Instant onTimeline) {
    return parts.time().displayedWall(onTimeline);
  }

  @Override
  public ObjectNode report() {
    ObjectNode root = JsonTree.object();
    root.put("at", parts.time().displayedWall().toString());
    root.put("version", facts.version()).put("java", facts.java());
    root.put("fingerprint", facts.fingerprint());
    root.set("status", StatusJson.write(parts));
    root.set("binding", bindingView());
    return root;
  }

  @Override
  public Optional<Outcome> act(String path, JsonNode body) {
    return switch (path) {
      case "/binding/start" -> Optional.of(start());
      case "/binding/stop" -> {
        binding.stop();
        yield Optional.of(new Outcome.Done(bindingView()));
      }
      case "/binding/touch" -> Optional.of(with(always(BindingSession::touch), OFF));
      case "/binding/skip" -> Optional.of(with(always(BindingSession::skip), OFF));
      case "/binding/undo" ->
          Optional.of(with(BindingSession::undo, "Nothing has been bound in this round."));
      case "/binding/select" -> Optional.of(select(body.path("machine").asText("")));
      case "/binding/choose" ->
          Optional.of(
              with(
                  it -> it.choose(body.path("candidate").asText("")),
                  "That sensor is not there any more, or is bound to another machine."));
      default -> Optional.empty();
    };
  }

  private Outcome start() {
    try {
      binding.start();
      return new Outcome.Done(bindingView());
    } catch (FloorPlanException e) {
      return new Outcome.Refused(String.valueOf(e.getMessage()));
    }
  }

  private Outcome select(String machine) {
    try {
      MachineId id = new MachineId(machine);
      return with(it -> it.select(id), "The floor plan has no such machine.");
    } catch (IllegalArgumentException e) {
      return new Outcome.Refused(String.valueOf(e.getMessage()));
    }
  }

  private static Predicate<BindingSession> always(Consumer<BindingSession> action) {
    return session -> {
      action.accept(session);
      return true;
    };
  }

  private Outcome with(Predicate<BindingSession> action, String refusal) {
    Optional<BindingSession> session = binding.use();
    if (session.isEmpty()) {
      return new Outcome.Refused(OFF);
    }
    return action.test(session.get())
        ? new Outcome.Done(bindingView())
        : new Outcome.Refused(refusal);
  }
}
