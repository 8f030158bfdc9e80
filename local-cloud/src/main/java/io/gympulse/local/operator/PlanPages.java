package io.gympulse.local.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.id.GymId;
import io.gympulse.local.http.HttpCall;
import io.gympulse.local.http.HttpReply;
import io.gympulse.local.http.HttpService;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `GET /plans`, and `PUT` and `DELETE` of `/plans/{gym}`; a plan is sent as its file has it. Each
/// is answered with JSON. Who may ask is for [OperatorAccess]. Safe for any number of threads.
public final class PlanPages implements HttpService {
  /// Where they are served.
  public static final String PATH = "/plans";

  private static final Logger LOG = LoggerFactory.getLogger(PlanPages.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PlanKeeper keeper;

  public PlanPages(PlanKeeper keeper) {
    this.keeper = keeper;
  }

  @Override
  public HttpReply serve(HttpCall call) {
    try {
      return call.path().equals(PATH) ? plans(call) : plan(call);
    } catch (FloorPlanException e) {
      return refusal(400, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      LOG.error("{} {} changed nothing", call.method(), call.path(), e);
      return refusal(500, "the folder of floor plans cannot be used: %s".formatted(e));
    }
  }

  private HttpReply plans(HttpCall call) throws IOException {
    if (!call.method().equals("GET")) {
      return refusal(405, "use GET");
    }
    ArrayNode plans = JSON.createArrayNode();
    keeper.list().forEach(it -> write(it, plans.addObject()));
    return HttpReply.json(200, plans.toString());
  }

  private static void write(PlanKeeper.Kept kept, ObjectNode node) {
    FloorPlan plan = kept.plan();
    node.put("gym", plan.gym().id().value())
        .put("name", plan.gym().name())
        .put("gateway", plan.gateway().value())
        .put("machines", plan.machines().size())
        .put("file", kept.file().map(Path::toString).orElse(null));
  }

  private HttpReply plan(HttpCall call) throws IOException, FloorPlanException {
    GymId gym;
    try {
      gym = new GymId(call.path().substring(PATH.length() + 1));
    } catch (IllegalArgumentException e) {
      return refusal(400, String.valueOf(e.getMessage()));
    }
    return switch (call.method()) {
      case "PUT" -> put(gym, call.body());
      case "DELETE" -> remove(gym);
      default -> refusal(405, "use PUT or DELETE");
    };
  }

  private HttpReply put(GymId gym, byte[] body) throws IOException, FloorPlanException {
    FloorPlan plan = FloorPlanFile.parse(text(body), "of the request");
    if (!plan.gym().id().equals(gym)) {
      return refusal(
          400,
          "floor plan of the request: field gym.id: '%s' is not the gym of the address, '%s'"
              .formatted(plan.gym().id(), gym));
    }
    return switch (keeper.put(plan)) {
      case PlanKeeper.Put.Added _ -> HttpReply.json(201, summary(plan));
      case PlanKeeper.Put.Replaced _ -> HttpReply.json(200, summary(plan));
      case PlanKeeper.Put.Refused(String reason) -> refusal(409, reason);
    };
  }

  private static String text(byte[] body) throws FloorPlanException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new FloorPlanException("floor plan of the request is not UTF-8");
    }
  }

  private static String summary(FloorPlan plan) {
    return JSON.createObjectNode()
        .put("gym", plan.gym().id().value())
        .put("machines", plan.machines().size())
        .toString();
  }

  private HttpReply remove(GymId gym) throws IOException {
    return switch (keeper.remove(gym)) {
      case PlanKeeper.Removal.Removed _ ->
          HttpReply.json(200, JSON.createObjectNode().put("gym", gym.value()).toString());
      case PlanKeeper.Removal.Unknown _ ->
          refusal(
              404,
              "gym '%s' has no floor plan; plan list shows the gyms that have one".formatted(gym));
      case PlanKeeper.Removal.Refused(String reason) -> refusal(409, reason);
    };
  }

  private static HttpReply refusal(int status, String message) {
    return HttpReply.json(status, JSON.createObjectNode().put("error", message).toString());
  }
}
