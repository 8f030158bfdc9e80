package io.gympulse.local.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.local.provision.Refusals;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Shows a running cloud's dead letters, or has them moved back to their queues.
@Command(
    name = "redrive",
    mixinStandardHelpOptions = true,
    description = {
      "Moves the messages that the running cloud gave up back to their queues, each at least once.",
      "What fails again is given up again."
    })
public final class Redrive implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Option(
      names = "--cloud",
      defaultValue = "http://127.0.0.1:8884",
      description = "the cloud's HTTP side (default: ${DEFAULT-VALUE})")
  private URI cloud = URI.create("");

  @Option(names = "--list", description = "only show them, the first hundred")
  private boolean list;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// @throws IOException if the cloud cannot be reached or refuses; the message says what to do
  @Override
  public Integer call() throws IOException, InterruptedException {
    if (list) {
      JsonNode letters = JSON.readTree(ask("/dead-letters", "GET"));
      letters.forEach(it -> say(line(it)));
      say(letters.size() + " dead letters");
    } else {
      JsonNode answer = JSON.readTree(ask("/dead-letters/redrive", "POST"));
      say(
          "%d dead letters are on their way back to their queues, %d stay"
              .formatted(answer.path("moved").asLong(), answer.path("left").asLong()));
    }
    return 0;
  }

  private static String line(JsonNode letter) {
    return "%s %s after %d tries: %s"
        .formatted(
            letter.path("at").asText(),
            letter.path("queue").asText(),
            letter.path("receives").asInt(),
            letter.path("reason").asText());
  }

  private String ask(String path, String method) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(cloud.resolve(path))
            .timeout(PATIENCE)
            .method(method, BodyPublishers.noBody())
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("the cloud refuses: " + answer.body().strip());
      }
      return answer.body();
    } catch (ConnectException e) {
      throw new IOException(
          "no cloud answers at %s; start it, or give its address with --cloud".formatted(cloud), e);
    }
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
  }

  public static void main(String[] arguments) {
    System.exit(Refusals.commandLine(new Redrive()).execute(arguments));
  }
}
