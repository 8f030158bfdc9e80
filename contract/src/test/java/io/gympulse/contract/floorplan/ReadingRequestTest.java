package io.gympulse.contract.floorplan;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.mqtt.ReadingRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingRequestTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'preset':'zigbee2mqtt','device':'rack','property':'occupancy' | zigbee2mqtt/rack/get | {'occupancy':''} | ``",
        "'preset':'zigbee2mqtt','topic':'z2m/a/rack','property':'contact' | z2m/a/rack/get | {'contact':''} | ``",
        "'preset':'tasmota','device':'rack' | cmnd/rack/STATUS | 10 | stat/rack/STATUS10 /StatusSNS",
        "'preset':'shelly-gen2','device':'shelly/a8','property':'input:2' | shelly/a8/command | status_update | ``",
      })
  void a_preset_knows_how_its_devices_are_asked(
      String source, String topic, String payload, String answer) throws FloorPlanException {
    assertThat(source(source).request())
        .hasValueSatisfying(
            it -> {
              assertThat(it.topic()).isEqualTo(topic);
              assertThat(it.payload()).isEqualTo(payload.replace('\'', '"'));
              assertThat(it.answer().map(ReadingRequestTest::text).orElse("")).isEqualTo(answer);
            });
  }

  private static String text(ReadingRequest.Answer answer) {
    return answer.topic() + " " + answer.within();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'preset':'zigbee2mqtt','device':'rack','property':'occupancy','ask':false",
        "'preset':'zigbee2mqtt','topic':'z2m/+','property':'occupancy','availability':false",
        "'preset':'zigbee2mqtt','device':'rack','pointer':'/a/b'",
        "'preset':'tasmota','device':'rack','topic':'stat/rack/RESULT','pointer':'/Switch1/Action'",
        "'preset':'tasmota','topic':'tele/SENSOR','availability':false",
        "'preset':'shelly-gen2','device':'a8','topic':'a8/events/rpc','pointer':'/params/input:0'",
        "'preset':'esphome','device':'rack','property':'seat'",
        "'preset':'json','topic':'gym/mat','property':'active'",
      })
  void no_other_device_is_asked(String source) throws FloorPlanException {
    assertThat(source(source).request()).isEmpty();
  }

  private static SourceConfig.Mqtt source(String source) throws FloorPlanException {
    String text =
        """
        {"gym":{"id":"g","name":"G","latitude":0,"longitude":0,"zone":"UTC"},"gateway":"g-gw",
         "machines":[{"id":"m-1","category":"bike","name":"B","x":1,"y":1,"sensors":[
          {"id":"s-1","behaviour":"level","source":{"type":"mqtt",%s}}]}]}"""
            .formatted(source.replace('\'', '"'));
    FloorPlan plan = FloorPlanFile.parse(text, "plan");
    assertThat(FloorPlanFile.parse(FloorPlanFile.write(plan), "again")).isEqualTo(plan);
    return (SourceConfig.Mqtt) plan.machines().getFirst().sensors().getFirst().source();
  }
}
