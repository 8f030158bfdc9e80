package io.gympulse.edge.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.floorplan.SourceConfig.Gpio;
import io.gympulse.contract.id.MachineId;
import io.gympulse.edge.binding.BindingSession.MachineView;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BindingSessionTest {
  private static final String PLAN =
      """
      {"gym":{"id":"g","name":"Gym","latitude":47.4,"longitude":8.5,"zone":"Europe/Zurich"},
       "gateway":"g-gw",
       "machines":[
        {"id":"m-1","category":"bike","name":"Bike 1","x":1,"y":2.5,"sensors":[
          {"id":"s-1","behaviour":"level","settleMs":77,"source":{"type":"mqtt","preset":"json",
           "topic":"z/m-1","property":"active"}}]},
        {"id":"m-2","category":"bike","name":"Bike 2","x":2,"y":2.5,"sensors":[]},
        {"id":"m-3","category":"bike","name":"Bike 3","x":3,"y":2.5,"sensors":[]}]}""";

  @TempDir private Path folder;
  private Path file = Path.of("unused");
  private Instant now = Instant.parse("2026-03-01T09:00:00Z");
  private Optional<BindingSession> opened = Optional.empty();

  @BeforeEach
  void open() throws Exception {
    file = Files.writeString(folder.resolve("plan.json"), PLAN);
    opened = Optional.of(new BindingSession(file, () -> now));
    for (int i = 2; i < 20; i++) {
      session().received("zigbee2mqtt/d-" + i, contact(true), true);
    }
    session().received("z/m-1", bytes("{\"active\":false}"), true);
    pass(60);
  }

  @Test
  void machines_without_a_sensor_come_first_in_the_order_of_the_plan() {
    assertThat(session().view().machines())
        .extracting(it -> it.id().value())
        .containsExactly("m-2", "m-3", "m-1");
    assertThat(session().view().current()).contains(new MachineId("m-2"));
  }

  @Test
  void a_touched_sensor_is_written_with_the_value_that_the_touch_gave() throws Exception {
    touch("d-2");
    touch("d-2");
    FloorPlan written = FloorPlanFile.read(file);
    SourceConfig source = sensorOf(written, "m-2");
    assertThat(source)
        .isInstanceOfSatisfying(
            SourceConfig.Mqtt.class,
            it ->
                assertThat(it.mapping().level().rule())
                    .hasToString(
                        SourceConfig.Mqtt.of(it.preset(), it.mapping().topic(), "contact", false)
                            .mapping()
                            .level()
                            .rule()
                            .toString()));
    assertThat(session().view().current()).contains(new MachineId("m-3"));
    assertThat(Files.readString(folder.resolve("plan.json.before-binding"))).isEqualTo(PLAN);
    assertThat(Files.readString(file)).contains("\"settleMs\" : 77");
  }

  @Test
  void an_undone_binding_leaves_the_plan_as_it_was() throws Exception {
    FloorPlan before = FloorPlanFile.read(file);
    touch("d-2");
    touch("d-2");
    assertThat(session().undo()).isTrue();
    assertThat(FloorPlanFile.read(file)).isEqualTo(before);
    assertThat(session().view().current()).contains(new MachineId("m-2"));
    assertThat(session().undo()).isFalse();
  }

  @Test
  void a_sensor_of_the_plan_is_not_bound_to_another_machine() throws Exception {
    for (int i = 0; i < 3; i++) {
      session().touch();
      for (boolean active : new boolean[] {true, false, true, false}) {
        session().received("z/m-1", bytes("{\"active\":%s}".formatted(active)), false);
      }
      pass(5);
    }
    assertThat(session().view().message()).contains("bound already");
    assertThat(session().choose("mqtt z/m-1 active")).isFalse();
    assertThat(Files.readString(file)).isEqualTo(PLAN);
  }

  @Test
  void a_retained_message_and_a_repeated_value_are_no_touch() {
    session().touch();
    session().received("zigbee2mqtt/d-2", contact(false), true);
    session().received("zigbee2mqtt/d-3", contact(true), false);
    pass(5);
    session().touch();
    pass(5);
    assertThat(session().view().message()).contains("No sensor moved");
  }

  @Test
  void a_switch_on_a_gpio_line_is_active_at_the_level_of_the_touch() throws Exception {
    session().level(17, true, true);
    for (int i = 0; i < 2; i++) {
      session().touch();
      for (boolean high : new boolean[] {false, true, false, true}) {
        session().level(17, high, false);
      }
      pass(5);
    }
    assertThat(sensorOf(FloorPlanFile.read(file), "m-2"))
        .isInstanceOfSatisfying(
            Gpio.class,
            it -> {
              assertThat(it.line()).isEqualTo(17);
              assertThat(it.activeHigh()).isFalse();
            });
  }

  @Test
  void an_installer_may_choose_skip_and_go_back() throws Exception {
    session().skip();
    assertThat(session().view().current()).contains(new MachineId("m-3"));
    assertThat(session().choose("mqtt zigbee2mqtt/d-5 contact")).isTrue();
    assertThat(sensorOf(FloorPlanFile.read(file), "m-3")).isNotNull();
    assertThat(session().select(new MachineId("m-1"))).isTrue();
    assertThat(session().select(new MachineId("none"))).isFalse();
    assertThat(session().view().machines())
        .filteredOn(it -> it.id().value().equals("m-3"))
        .extracting(MachineView::touches)
        .containsExactly(Optional.of(0));
  }

  @Test
  void a_flood_of_topics_is_bounded() {
    for (int i = 0; i < BindingSession.MAX_CANDIDATES + 100; i++) {
      session().received("flood/" + i, bytes("ON"), false);
    }
    assertThat(session().view().candidates()).isEqualTo(BindingSession.MAX_CANDIDATES);
    assertThat(session().view().leftOut()).isPositive();
  }

  private BindingSession session() {
    return opened.orElseThrow();
  }

  private void touch(String device) {
    session().touch();
    for (boolean closed : List.of(false, true, false, true)) {
      session().received("zigbee2mqtt/" + device, contact(closed), false);
    }
    pass(5);
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
    session().advance();
  }

  private static byte[] contact(boolean closed) {
    return bytes("{\"contact\":%s,\"battery\":80}".formatted(closed));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static SourceConfig sensorOf(FloorPlan plan, String machine) {
    Machine found = plan.machine(new MachineId(machine)).orElseThrow();
    return found.sensors().getFirst().source();
  }
}
