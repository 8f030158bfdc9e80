package io.gympulse.local.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.http.ApiError;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.id.GymId;
import io.gympulse.local.http.HttpHandler;
import io.gympulse.local.http.ServerRequest;
import io.gympulse.local.http.ServerResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `GET /plans`, and `PUT` and `DELETE` of `/plans/{gym}`, with plans in the format of their files
/// and JSON responses. [OperatorAuthentication] protects it. Thread-safe.
public final class FloorPlanEndpoint implements HttpHandler {
  public static final String PATH = "/plans";

  private static final Logger LOG = LoggerFactory.getLogger(FloorPlanEndpoint.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FloorPlanService service;

  public FloorPlanEndpoint(FloorPlanService service) {
    this.service = service;
  }

  @Override
  public ServerResponse handle(ServerRequest request) {
    try {
      return request.path().equals(PATH) ? plans(request) : plan(request);
    } catch (FloorPlanException e) {
      return invalid(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      LOG.error("{} {} changed nothing", request.method(), request.path(), e);
      return refusal(
          500, "floor_plans_unusable", "the folder of floor plans cannot be used: %s".formatted(e));
    }
  }

  private ServerResponse plans(ServerRequest request) throws IOException {
    if (!request.method().equals("GET")) {
      return ServerResponse.methodNotAllowed("GET");
    }
    ArrayNode plans = JSON.createArrayNode();
    service.list().forEach(it -> write(it, plans.addObject()));
    return ServerResponse.json(200, plans.toString());
  }

  private static void write(FloorPlanService.RegisteredPlan registered, ObjectNode node) {
    FloorPlan plan = registered.plan();
    node.put("gym", plan.gym().id().value())
        .put("name", plan.gym().name())
        .put("gateway", plan.gateway().value())
        .put("machines", plan.machines().size())
        .put("file", registered.file().map(Path::toString).orElse(null));
  }

  private ServerResponse plan(ServerRequest request) throws IOException, FloorPlanException {
    GymId gym;
    try {
      gym = new GymId(request.path().substring(PATH.length() + 1));
    } catch (IllegalArgumentException e) {
      return invalid(String.valueOf(e.getMessage()));
    }
    return switch (request.method()) {
      case "PUT" -> put(gym, request.body());
      case "DELETE" -> remove(gym);
      default -> ServerResponse.methodNotAllowed("PUT", "DELETE");
    };
  }

  private ServerResponse put(GymId gym, byte[] body) throws IOException, FloorPlanException {
    FloorPlan plan = FloorPlanFile.parse(text(body), "of the request");
    if (!plan.gym().id().equals(gym)) {
      return invalid(
          "floor plan of the request: field gym.id: '%s' is not the gym of the address, '%s'"
              .formatted(plan.gym().id(), gym));
    }
    return switch (service.put(plan)) {
      case FloorPlanService.PutResult.Added _ -> ServerResponse.json(201, summary(plan));
      case FloorPlanService.PutResult.Replaced _ -> ServerResponse.json(200, summary(plan));
      case FloorPlanService.PutResult.Refused(String reason) -> conflict(reason);
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

  private ServerResponse remove(GymId gym) throws IOException {
    return switch (service.remove(gym)) {
      case FloorPlanService.RemoveResult.Removed _ ->
          ServerResponse.json(200, JSON.createObjectNode().put("gym", gym.value()).toString());
      case FloorPlanService.RemoveResult.Unknown _ ->
          refusal(
              404,
              "unknown_gym",
              "gym '%s' has no floor plan; plan list shows the gyms that have one".formatted(gym));
      case FloorPlanService.RemoveResult.Refused(String reason) -> conflict(reason);
    };
  }

  private static ServerResponse invalid(String message) {
    return refusal(400, "invalid_floor_plan", message);
  }

  private static ServerResponse conflict(String message) {
    return refusal(409, "conflict", message);
  }

  private static ServerResponse refusal(int status, String code, String message) {
    return ServerResponse.of(new ApiError(status, code, message, Optional.empty()));
  }
}
