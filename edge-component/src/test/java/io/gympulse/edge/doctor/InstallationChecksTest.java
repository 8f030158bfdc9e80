package io.gympulse.edge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.edge.doctor.Check.Finding;
import io.gympulse.edge.doctor.Check.Status;
import io.gympulse.edge.outbox.SqliteOutbox;
import io.gympulse.edge.status.GatewayStatus;
import io.gympulse.edge.status.GatewayStatus.Source;
import io.gympulse.edge.status.GatewayStatusJson;
import io.gympulse.edge.status.StatusSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The gateway's files, and a gateway that runs.
class InstallationChecksTest {
  private static final InstantSource TIME = InstantSource.fixed(Instant.EPOCH);
  private static final String USER = System.getProperty("user.name");

  @TempDir private Path folder;
  private Path data;

  @BeforeEach
  void nameFolder() {
    data = folder.resolve("data");
  }

  @Test
  void an_outbox_in_use_is_not_touched() throws Exception {
    try (SqliteOutbox used = SqliteOutbox.open(data, TIME)) {
      assertThat(new DataFolderCheck(data, USER).run().status()).isEqualTo(Status.OK);
      assertThat(new OutboxCheck(TIME).run().status()).isEqualTo(Status.OK);
      assertThat(new LockCheck(data).run().seen()).startsWith("a gateway runs with");
      assertThat(used.counts().recorded()).isZero();
    }
    assertThat(new LockCheck(data).run().seen()).startsWith("no gateway runs with");
  }

  @Test
  void a_folder_that_is_not_there_is_not_created() throws IOException {
    Finding finding = new DataFolderCheck(data, USER).run();
    assertThat(finding.status()).isEqualTo(Status.OK);
    assertThat(finding.seen()).contains("can be created");
    assertThat(new LockCheck(data).isHeld()).isFalse();
    assertThat(data).doesNotExist();
  }

  @Test
  void a_folder_that_cannot_be_written_is_refused_by_its_key() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Finding finding = new DataFolderCheck(file, USER).run();
    assertThat(finding.status()).isEqualTo(Status.FAILED);
    assertThat(finding.message()).contains("key 'dataDir': " + file, "; make this process's user");
  }

  @Test
  void a_folder_of_another_user_or_open_to_all_is_named() throws IOException {
    Files.createDirectory(data);
    Finding foreign = new DataFolderCheck(data, "gympulse").run();
    assertThat(foreign.status()).isEqualTo(Status.WARNING);
    assertThat(foreign.seen()).contains("belongs to " + USER + ", and this is gympulse");
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(new DataFolderCheck(data, USER).run().remedy()).isEqualTo("chmod o-w " + data);
  }

  @Test
  void without_a_gateway_there_is_no_status() throws IOException {
    assertThat(new StatusCheck(data).run()).isEqualTo(Finding.skipped("no gateway runs"));
  }

  @Test
  void the_running_gateways_status_is_read() throws Exception {
    try (SqliteOutbox _ = SqliteOutbox.open(data, TIME)) {
      assertThat(status("running", "").status()).isEqualTo(Status.OK);
      Finding failing = status("failing", "no connection: refused");
      assertThat(failing.status()).isEqualTo(Status.FAILED);
      assertThat(failing.seen()).isEqualTo("mqtt 127.0.0.1:1883: no connection: refused");
      Finding silent = new StatusCheck(data).run();
      assertThat(silent.status()).isEqualTo(Status.FAILED);
      assertThat(silent.seen()).contains("its status cannot be read");
    }
  }

  @Test
  void a_valid_configuration_is_summarised() throws IOException {
    write("plan.json", TestPlans.plan(TestPlans.GPIO));
    for (String name : List.of("c.pem", "c.key", "ca.pem")) {
      write(name, "x");
    }
    write(
        "gateway.json",
        """
        {"gym":"g", "gateway":"g-gw", "floorPlan":"plan.json", "dataDir":"data",
         "uplink":{"host":"127.0.0.1","port":8883,
                   "certificate":"c.pem","privateKey":"c.key","rootCa":"ca.pem"}}""");
    Finding finding = new ConfigurationCheck(folder.resolve("gateway.json")).run();
    assertThat(finding.status()).isEqualTo(Status.OK);
    assertThat(finding.seen()).contains("gateway g-gw of gym g, 1 machines, 1 sensors");

    write(
        "plan.json",
        TestPlans.plan("\"type\":\"gpio\",\"line\":-1,\"activeHigh\":true,\"pull\":\"sideways\""));
    Finding mistakes = new ConfigurationCheck(folder.resolve("gateway.json")).run();
    assertThat(mistakes.status()).isEqualTo(Status.FAILED);
    assertThat(mistakes.seen()).contains("2 mistakes", "-1", "sideways").doesNotContain("\n");
    assertThat(mistakes.remedy()).contains("plan check");

    write("gateway.json", "{}");
    assertThat(new ConfigurationCheck(folder.resolve("gateway.json")).run().message())
        .contains("floorPlan");
  }

  private Finding status(String status, String reason) throws IOException {
    GatewayStatus content =
        new GatewayStatus(
            new GatewayAddress(new GymId("g"), new GatewayId("g-gw")),
            Instant.EPOCH,
            List.of(new Source("mqtt 127.0.0.1:1883", status, reason)),
            List.of());
    try (StatusSocket socket =
        new StatusSocket(data, () -> GatewayStatusJson.write(content), System::nanoTime)) {
      socket.open();
      return new StatusCheck(data).run();
    }
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }
}
