package io.gympulse.local.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.cloud.http.ApiError;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.topic.Topics;
import io.gympulse.local.http.HttpHandler;
import io.gympulse.local.http.ServerRequest;
import io.gympulse.local.http.ServerResponse;
import java.net.URLDecoder;
import java.util.Optional;

/// `POST /topics/{topic}`, as IoT Core's data plane has it: publishes the body to the topic's
/// subscribers, QoS 0. For a dispatcher of another store, so only topics of updates are allowed, as
/// for the dispatcher's role on AWS. [OperatorAuthentication] protects it. Thread-safe.
public final class TopicsEndpoint implements HttpHandler {
  public static final String PATH = "/topics";

  private static final ServerResponse OK = ServerResponse.json(200, "{\"message\":\"OK\"}");

  private final DevicePublisher broker;

  public TopicsEndpoint(DevicePublisher broker) {
    this.broker = broker;
  }

  @Override
  public ServerResponse handle(ServerRequest request) {
    if (!request.method().equals("POST")) {
      return ServerResponse.methodNotAllowed("POST");
    }
    Optional<GymId> gym = gym(request.path());
    if (gym.isEmpty()) {
      return ServerResponse.of(
          new ApiError(
              403,
              "forbidden_topic",
              "only topics of updates can be published to",
              Optional.empty()));
    }
    if (request.body().length > Topics.MAX_PAYLOAD_BYTES) {
      return ServerResponse.of(ApiError.tooLarge(Topics.MAX_PAYLOAD_BYTES));
    }
    broker.publish(Topics.updates(gym.get()), request.body());
    return OK;
  }

  /// The gym whose updates have the topic of a path; empty for any other topic.
  private static Optional<GymId> gym(String path) {
    try {
      String topic = URLDecoder.decode(path, UTF_8).substring(PATH.length() + 1);
      GymId gym = new GymId(topic.substring(topic.lastIndexOf('/') + 1));
      return Optional.of(gym).filter(it -> Topics.updates(it).equals(topic));
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }
}
