package io.gympulse.edge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.gympulse.edge.configuration.GatewayConfiguration.ClockTrust;
import io.gympulse.edge.doctor.Check.Finding;
import io.gympulse.edge.doctor.Check.Status;
import io.gympulse.edge.sensing.gpio.chardev.CharacterDevices;
import io.gympulse.edge.sensing.gpio.line.GpioChips.LineException;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.MachineClocks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the gateway needs of its machine.
class MachineChecksTest {
  private static final Instant NOW = Instant.parse("2026-12-01T03:00:00Z");
  private static final long MEGABYTE = 1 << 20;

  @TempDir private Path folder;

  @Test
  void this_java_is_good_and_an_older_one_is_not() {
    assertThat(JavaCheck.ofThisProcess().run().status()).isEqualTo(Status.OK);
    Finding old = new JavaCheck(21, "Java 21", true).run();
    assertThat(old.status()).isEqualTo(Status.FAILED);
    assertThat(old.remedy()).contains("install a JDK 25");
    Finding closed = new JavaCheck(25, "Java 25", false).run();
    assertThat(closed.status()).isEqualTo(Status.WARNING);
    assertThat(closed.remedy()).contains("--enable-native-access");
  }

  @Test
  void free_space_is_good_scarce_or_too_little() throws IOException {
    DiskCheck check = new DiskCheck(folder.resolve("not/there/yet"));
    assertThat(check.run().seen()).contains("MB free");
    assertThat(check.finding(300 * MEGABYTE).status()).isEqualTo(Status.OK);
    assertThat(check.finding(150 * MEGABYTE).status()).isEqualTo(Status.WARNING);
    Finding full = check.finding(3 * MEGABYTE);
    assertThat(full.status()).isEqualTo(Status.FAILED);
    assertThat(full.seen()).startsWith("3 MB free");
    assertThat(full.remedy()).contains("free 200 MB");
  }

  @Test
  void wear_is_what_the_card_reports() throws IOException {
    assertThat(wear("0x02 0x01", "0x01"))
        .isEqualTo(
            Finding.ok("mmcblk0 (1.5 GB written since the boot), 20 % of its life used at most"));
    assertThat(wear("0x08 0x01", "0x01").status()).isEqualTo(Status.WARNING);
    assertThat(wear("0x01 0x01", "0x02").status()).isEqualTo(Status.WARNING);
    assertThat(wear("0x0b 0x01", "0x01").status()).isEqualTo(Status.FAILED);
    assertThat(wear("0x01 0x01", "0x03").remedy()).contains("replace it");
  }

  @Test
  void wear_that_nobody_reports_stays_unknown() throws IOException {
    Path device = Files.createDirectory(folder.resolve("sda"));
    assertThat(CardCheck.finding(device))
        .isEqualTo(Finding.skipped("unknown: sda does not report its wear"));
    assertThat(wear("0x00 0x00", "0x00").status()).isEqualTo(Status.SKIPPED);
    assertThat(new CardCheck(folder, folder.resolve("no-sysfs")).run().seen())
        .startsWith("unknown");
  }

  @Test
  void the_disk_of_this_machine_can_be_judged() throws IOException {
    Finding finding = new CardCheck(folder, Path.of("/sys/dev/block")).run();
    assertThat(finding.status()).isNotEqualTo(Status.FAILED);
  }

  @Test
  void a_synchronised_clock_with_the_clouds_time_is_good() {
    Finding finding = clock(ClockTrust.KERNEL, true, Optional.of(NOW.minusSeconds(2)));
    assertThat(finding.status()).isEqualTo(Status.OK);
    assertThat(finding.seen()).contains("synchronised", "cloud's time is the same");
    assertThat(clock(ClockTrust.TRUSTED, false, Optional.empty()).status()).isEqualTo(Status.OK);
  }

  @Test
  void a_clock_that_is_not_synchronised_or_far_off_is_named() {
    Finding waiting = clock(ClockTrust.KERNEL, false, Optional.empty());
    assertThat(waiting.status()).isEqualTo(Status.WARNING);
    assertThat(waiting.remedy()).contains("chrony");
    Finding wrong = clock(ClockTrust.TRUSTED, true, Optional.of(NOW.minusSeconds(90)));
    assertThat(wrong.status()).isEqualTo(Status.FAILED);
    assertThat(wrong.seen()).contains("90 s");
    Finding elsewhere = new ClockCheck(ClockTrust.KERNEL, Optional.empty(), Optional::empty).run();
    assertThat(elsewhere.message()).contains("does not run Linux; give 'trusted'");
  }

  @Test
  void a_servers_time_is_that_of_any_answer() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(403, -1);
          exchange.close();
        });
    server.start();
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    assertThat(new HttpsTime(address, Duration.ofSeconds(5)).get()).isPresent();
    server.stop(0);
    assertThat(new HttpsTime(address, Duration.ofSeconds(5)).get()).isEmpty();
  }

  @Test
  void chips_of_the_plan_are_looked_for() {
    Finding good =
        new GpioCheck(TestPlans.machines(TestPlans.GPIO), (_, _) -> "gpiochip0 [pinctrl]").run();
    assertThat(good).isEqualTo(Finding.ok("gpiochip0 [pinctrl]: 1 lines of the floor plan"));
    assertThat(new GpioCheck(TestPlans.machines(TestPlans.MQTT), (_, _) -> "").run().status())
        .isEqualTo(Status.SKIPPED);
  }

  @Test
  void a_chip_that_is_missing_or_closed_fails_with_the_remedy() {
    Finding missing =
        new GpioCheck(TestPlans.machines(TestPlans.EXPANDER), new CharacterDevices()::find).run();
    assertThat(missing.status()).isEqualTo(Status.FAILED);
    assertThat(missing.message()).contains("GPIO chip");
    Finding closed =
        new GpioCheck(
                TestPlans.machines(TestPlans.GPIO),
                (_, _) -> {
                  throw new LineException("may not be opened; join the group gpio");
                })
            .run();
    assertThat(closed).isEqualTo(Finding.failed("may not be opened", "join the group gpio"));
  }

  private Finding wear(String life, String reserve) throws IOException {
    Path device = folder.resolve("mmcblk0");
    Files.createDirectories(device.resolve("device"));
    Files.writeString(device.resolve("device/life_time"), life + "\n");
    Files.writeString(device.resolve("device/pre_eol_info"), reserve + "\n");
    Files.writeString(device.resolve("stat"), "   1   2   3   4   5   6  3145728  8 9 10 11\n");
    return CardCheck.finding(device);
  }

  private static Finding clock(
      ClockTrust trust, boolean synchronised, Optional<Instant> reference) {
    MachineClocks clocks =
        new MachineClocks() {
          @Override
          public BootId boot() {
            return new BootId("boot");
          }

          @Override
          public Duration sinceBoot() {
            return Duration.ZERO;
          }

          @Override
          public WallReading readWall() {
            return new WallReading(NOW, synchronised);
          }
        };
    return new ClockCheck(trust, Optional.of(clocks), () -> reference).run();
  }
}
