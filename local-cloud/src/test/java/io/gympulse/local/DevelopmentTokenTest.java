package io.gympulse.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.local.identity.Token;
import io.gympulse.local.provision.CommandErrors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The command `token` and a running cloud.
class DevelopmentTokenTest {
  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void a_cloud_accepts_the_tokens_of_its_data_folder_and_no_other() throws Exception {
    try (TestCloud cloud = new TestCloud(folder)) {
      String data = "--data=" + cloud.data().root();
      String ann = run(data, "--user=ann").strip();
      assertThat(ann.split("\\.")).hasSize(3);
      assertThat(alerts(cloud, ann)).isEqualTo(200);
      assertThat(alerts(cloud, run(data, "--user=eve", "--role=integrator").strip()))
          .isEqualTo(403);
      assertThat(alerts(cloud, ann.substring(0, ann.length() - 4) + "AAAA")).isEqualTo(401);
      assertThat(post(cloud, "X-Forwarded-For", "10.0.0.1")).isEqualTo(404);
      assertThat(post(cloud, "X-Any", "1")).isEqualTo(201);
      cloud.restart(() -> {});
      assertThat(alerts(cloud, ann)).isEqualTo(200);
    }
  }

  @Test
  void what_is_wrong_is_one_line_and_status_2() {
    assertThat(run("--data=" + folder, "--user=ann")).contains("start the cloud with this --data");
    assertThat(run("--data=" + folder, "--user=a b")).contains("user id");
    assertThat(run("--data=" + folder, "--user=ann", "--role=king")).contains("--role 'king'");
    assertThat(run("--data=" + folder, "--user=ann", "--hours=0")).contains("--hours 0");
  }

  private int alerts(TestCloud cloud, String token) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(cloud, "/alerts"))
            .header("Authorization", "Bearer " + token)
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private int post(TestCloud cloud, String header, String value)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(cloud, "/development/token"))
            .header(header, value)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static URI uri(TestCloud cloud, String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(cloud.apiPort(), path));
  }

  /// What the command prints, or its one line of error.
  private static String run(String... arguments) {
    CommandLine line = CommandErrors.commandLine(new Token());
    StringWriter errors = new StringWriter();
    line.setErr(new PrintWriter(errors));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      int exit = line.execute(arguments);
      if (exit != 0) {
        assertThat(exit).isEqualTo(2);
        assertThat(errors.toString()).startsWith("error: ").hasLineCount(1);
        return errors.toString();
      }
      return printed.toString(StandardCharsets.UTF_8);
    } finally {
      System.setOut(before);
    }
  }
}
