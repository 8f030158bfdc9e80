package io.gympulse.local.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.event.ExpiryClock;
import io.gympulse.cloud.core.event.ExpiryTime;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.cloud.core.queue.DeadLetterQueue;
import io.gympulse.cloud.core.queue.DeadLetterQueue.DeadLetter;
import io.gympulse.cloud.core.queue.DeadLetterQueue.RedriveResult;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.local.http.HttpLimits;
import io.gympulse.local.http.HttpServer;
import io.gympulse.local.provision.CommandErrors;
import io.gympulse.process.ProcessClock;
import io.gympulse.process.SiteCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class OperatorEndpointsTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private static final String TOKEN = "a-token-of-this-test";

  @TempDir private Path folder = Path.of("");
  private final InMemoryCloudStore store = new InMemoryCloudStore();
  private final FewLetters letters = new FewLetters();
  private Instant wall = NOON;
  private final ExpiryClock clock =
      new ExpiryClock(
          ProcessClock.scaled(Instant.EPOCH, 1, () -> wall), new ExpiryTime(NOON), _ -> {});
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server = start();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void serve() throws IOException {
    Files.writeString(folder.resolve("operator.token"), TOKEN + "\n");
    OperatorAuthentication access = new OperatorAuthentication(TOKEN);
    new OperatorEndpoints(
            store.unregistered(), it -> it.equals(new MachineId("adopted")), letters, clock::accept)
        .byPath()
        .forEach((path, endpoint) -> server.serve(path, access.protect(endpoint)));
  }

  @AfterEach
  void stop() {
    server.close();
    client.shutdownNow();
    store.close();
  }

  @Test
  void an_operator_sets_the_expiry_clock_after_a_leap() throws Exception {
    wall = NOON.plus(Duration.ofDays(20));
    assertThat(clock.status().heldBack()).isPositive();
    HttpRequest accept =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + "/expiry/accept-time"))
            .header("Authorization", "Bearer " + TOKEN)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(client.send(accept, BodyHandlers.ofString()).body())
        .isEqualTo("{\"time\":\"2026-05-21T12:00:00Z\"}\n");
    assertThat(clock.status().heldBack()).isZero();
  }

  @Test
  void machines_on_no_floor_plan_are_listed() throws Exception {
    store.unregistered().report(new GymId("gym-1"), new MachineId("stray"), NOON);

    assertThat(get("/unregistered"))
        .isEqualTo(
            """
            [{"gym":"gym-1","machine":"stray","firstSeen":"2026-05-01T12:00:00Z",\
            "lastSeen":"2026-05-01T12:00:00Z","mentions":1}]
            """);
  }

  @Test
  void machines_on_no_floor_plan_are_listed_page_by_page_without_adopted_ones() throws Exception {
    for (String machine : List.of("adopted", "stray-1", "stray-2", "stray-3")) {
      store.unregistered().report(new GymId("gym-1"), new MachineId(machine), NOON);
    }
    HttpResponse<String> first = answer("/unregistered?limit=2");
    assertThat(first.body()).contains("stray-1").doesNotContain("adopted", "stray-2");
    assertThat(first.headers().firstValue("Link"))
        .hasValue("</unregistered?limit=2&after=gym-1/stray-1>; rel=\"next\"");
    HttpResponse<String> last = answer("/unregistered?limit=2&after=gym-1/stray-1");
    assertThat(last.body()).contains("stray-2", "stray-3").doesNotContain("stray-1");
    assertThat(last.headers().firstValue("Link")).isEmpty();
  }

  @Test
  void invalid_parameters_of_a_page_are_rejected() throws Exception {
    assertThat(answer("/unregistered?limit=1001").statusCode()).isEqualTo(400);
    assertThat(answer("/unregistered?limit=many").body()).contains("limit is to be a number");
    assertThat(answer("/unregistered?after=gym-1").body()).contains("after is to be GYM/MACHINE");
  }

  private HttpResponse<String> answer(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Authorization", "Bearer " + TOKEN)
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void dead_letters_are_listed_with_their_reasons_and_the_beginning_of_their_bodies()
      throws Exception {
    assertThat(get("/dead-letters")).contains("\"reason\":\"store is down\"").hasSizeLessThan(900);
  }

  @Test
  void the_command_redrives_them_and_prints_how_many() {
    assertThat(command()).isZero();
    assertThat(out.toString())
        .isEqualTo("3 dead letters are on their way back to their queues, 1 stay\n");
  }

  @Test
  void the_command_lists_them() {
    assertThat(command("--list")).isZero();
    assertThat(out.toString())
        .isEqualTo("2026-05-01T12:00:00Z ingest after 5 tries: store is down\n1 dead letters\n");
    assertThat(letters.orders).isZero();
  }

  @Test
  void the_command_prints_why_nothing_is_moved() {
    letters.answer = new RedriveResult.UnderWay();
    assertThat(command()).isEqualTo(2);
    assertThat(err.toString()).contains("an earlier redrive is still running");
  }

  @Test
  void the_command_prints_that_the_cloud_is_not_running() {
    server.close();
    assertThat(command()).isEqualTo(2);
    assertThat(err.toString()).contains("--cloud");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer ", "Bearer a-token-of-another", "Basic a-token-of-this-test"})
  void all_requests_need_the_token(String authorization) throws Exception {
    for (String path : List.of("/unregistered", "/dead-letters", "/dead-letters/redrive")) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.noBody());
      if (!authorization.isEmpty()) {
        request.header("Authorization", authorization);
      }
      var answer = client.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
      assertThat(answer.body()).contains("operator.token").doesNotContain(TOKEN);
    }
    assertThat(letters.orders).isZero();
  }

  @Test
  void a_cross_site_request_starts_no_redrive() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/dead-letters/redrive"))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Origin", "http://evil.example")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    assertThat(letters.orders).isZero();
  }

  @Test
  void the_command_names_the_options_of_the_token() {
    CommandLine line = CommandErrors.commandLine(new Redrive());
    line.setErr(new PrintWriter(err, true));
    assertThat(line.execute("--cloud=http://127.0.0.1:" + server.port())).isEqualTo(2);
    assertThat(err.toString()).contains("--data").contains("--token-file");
  }

  @Test
  void a_redrive_needs_a_post() throws Exception {
    get("/dead-letters/redrive");
    assertThat(letters.orders).isZero();
  }

  private int command(String... arguments) {
    CommandLine line = CommandErrors.commandLine(new Redrive());
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 2];
    all[0] = "--cloud=http://127.0.0.1:" + server.port();
    all[1] = "--token-file=" + folder.resolve("operator.token");
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return line.execute(all);
  }

  private String get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + TOKEN).build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static HttpServer start() {
    try {
      return HttpServer.start(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          new SiteCheck(Set.of()),
          HttpLimits.STANDARD);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static final class FewLetters implements DeadLetterQueue {
    private RedriveResult answer = new RedriveResult.Moved(3, 1);
    private int orders;

    @Override
    public List<DeadLetter> list(int limit) {
      return List.of(new DeadLetter(NOON, "ingest", "m", 5, "store is down", "x".repeat(2_000)));
    }

    @Override
    public RedriveResult redrive() {
      orders++;
      return answer;
    }
  }
}
