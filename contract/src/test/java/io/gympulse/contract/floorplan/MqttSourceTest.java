package io.gympulse.contract.floorplan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.mqtt.LevelRule;
import io.gympulse.contract.mqtt.LevelRule.Thresholds;
import io.gympulse.contract.mqtt.LevelRule.Thresholds.Limit;
import io.gympulse.contract.mqtt.MqttMapping;
import io.gympulse.contract.mqtt.MqttMapping.AvailabilityMapping;
import io.gympulse.contract.mqtt.MqttMapping.TimestampMapping;
import io.gympulse.contract.mqtt.MqttPreset;
import io.gympulse.contract.mqtt.PayloadValues;
import io.gympulse.contract.mqtt.TopicFilter;
import io.gympulse.contract.mqtt.ValueLocation;
import io.gympulse.contract.mqtt.ValueLocation.PayloadPointer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MqttSourceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"preset\":\"zigbee2mqtt\",\"device\":\"rack\",\"property\":\"occupancy\" | zigbee2mqtt/rack | zigbee2mqtt/bridge/state zigbee2mqtt/rack/availability",
        "\"preset\":\"zigbee2mqtt\",\"topic\":\"z2m/a/rack\",\"property\":\"contact\" | z2m/a/rack | z2m/bridge/state z2m/a/rack/availability",
        "\"preset\":\"tasmota\",\"device\":\"rack\" | tele/rack/SENSOR | tele/rack/LWT",
        "\"preset\":\"tasmota\",\"device\":\"rack\",\"topic\":\"stat/rack/RESULT\",\"pointer\":\"/Switch1/Action\" | stat/rack/RESULT | tele/rack/LWT",
        "\"preset\":\"tasmota\",\"device\":\"rack\",\"topic\":\"stat/rack/SWITCH1\",\"plainText\":true | stat/rack/SWITCH1 | tele/rack/LWT",
        "\"preset\":\"esphome\",\"device\":\"gym/rack\",\"property\":\"seat\" | gym/rack/binary_sensor/seat/state | gym/rack/status",
        "\"preset\":\"shelly-gen2\",\"device\":\"shellyplusi4-a8\",\"property\":\"input:2\" | shellyplusi4-a8/status/input:2 | shellyplusi4-a8/online",
        "\"preset\":\"json\",\"topic\":\"gym/+/mat\",\"property\":\"active\" | gym/+/mat | ``",
        "\"preset\":\"custom\",\"topic\":\"a/#\",\"plainText\":true,\"active\":[\"in\",1,true],\"inactive\":\"out\" | a/# | ``",
        "\"preset\":\"tasmota\",\"device\":\"rack\",\"availability\":false | tele/rack/SENSOR | ``",
        "\"preset\":\"tasmota\",\"topic\":\"rack/tele/SENSOR\" | rack/tele/SENSOR | rack/tele/LWT",
        "\"preset\":\"tasmota\",\"topic\":\"stat/rack/SWITCH1\",\"plainText\":true | stat/rack/SWITCH1 | tele/rack/LWT",
        "\"preset\":\"tasmota\",\"device\":\"rack\",\"topic\":\"gym/rack\",\"plainText\":true | gym/rack | tele/rack/LWT",
        "\"preset\":\"esphome\",\"device\":\"mat\",\"property\":\"load\",\"active\":{\"above\":1.2} | mat/sensor/load/state | mat/status",
        "\"preset\":\"home-assistant\",\"device\":\"binary_sensor.bike_1\" | homeassistant/binary_sensor/bike_1/state | homeassistant/status",
        "\"preset\":\"zwave-js-ui\",\"device\":\"hall/bike\",\"property\":\"sensor_binary/endpoint_0/Any\" | zwave/hall/bike/sensor_binary/endpoint_0/Any | zwave/hall/bike/status",
        "\"preset\":\"chirpstack\",\"device\":\"0101010101010101\",\"property\":\"occupied\" | application/+/device/0101010101010101/event/up | ``",
        "\"preset\":\"ttn\",\"device\":\"bike-1\",\"property\":\"occupied\" | v3/+/devices/bike-1/up | ``",
      })
  void a_preset_gives_what_a_source_leaves_out(String source, String topic, String availability)
      throws FloorPlanException {
    MqttMapping mapping = source(source).mapping();
    assertThat(mapping.topic().text()).isEqualTo(topic);
    assertThat(mapping.availability())
        .extracting(AvailabilityMapping::topic)
        .extracting(TopicFilter::text)
        .containsExactly(availability.isEmpty() ? new String[0] : availability.split(" "));
    FloorPlan plan = FloorPlanFile.parse(plan(source), "plan");
    assertThat(FloorPlanFile.parse(FloorPlanFile.write(plan), "again")).isEqualTo(plan);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"preset\":\"tasmota\",\"device\":\"rack\" | true",
        "\"preset\":\"esphome\",\"device\":\"rack\",\"property\":\"seat\" | true",
        "\"preset\":\"shelly-gen2\",\"device\":\"rack\" | true",
        "\"preset\":\"tasmota\",\"device\":\"rack\",\"inactive\":[] | false",
        "\"preset\":\"zigbee2mqtt\",\"device\":\"rack\",\"property\":\"vibration\" | false",
        "\"preset\":\"json\",\"topic\":\"gym/mat\",\"property\":\"active\" | false",
        "\"preset\":\"custom\",\"topic\":\"a\",\"plainText\":true,\"active\":1,\"inactive\":0 | false",
      })
  void only_a_device_that_publishes_the_state_of_a_switch_always_reports_the_end(
      String source, boolean reportsEnd) throws FloorPlanException {
    FloorPlan plan = FloorPlanFile.parse(pulse(source), "plan");
    assertThat(plan.machines().getFirst().sensors().getFirst().source().reportsEnd())
        .isEqualTo(reportsEnd);
    assertThat(new SourceConfig.Gpio(17, true).reportsEnd()).isTrue();
  }

  @Test
  void a_whole_mapping_is_read_back_as_it_was_written() throws FloorPlanException {
    FloorPlan plan =
        FloorPlanFile.parse(
            plan(
                """
                "preset":"custom","topic":"gym/+/seat","pointer":"/v","plainText":true,
                "active":["in",1],"inactive":["out",0],"otherNumbers":"inactive",
                "missing":"ignored","ignored":["","hold"],"unavailable":"unknown","each":"/list",
                "where":{"/id":[1,"a"],"/model":"X"},
                "timestamp":{"pointer":"/t","unit":"milliseconds"},
                "availability":[{"topic":"gym/hub","online":"up","offline":["down","lost"]},
                                {"topic":"gym/x","pointer":"/s","online":1,"offline":0}]"""),
            "plan");
    assertThat(FloorPlanFile.parse(FloorPlanFile.write(plan), "again")).isEqualTo(plan);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"active\":{\"above\":30},\"inactive\":{\"below\":15}",
        "\"active\":{\"below\":0.5}",
        "\"active\":{\"perMinute\":20}",
      })
  void limits_are_read_back_as_they_were_written(String rule) throws FloorPlanException {
    FloorPlan plan =
        FloorPlanFile.parse(
            plan("\"preset\":\"json\",\"topic\":\"gym/plug\",\"property\":\"power\"," + rule),
            "plan");
    assertThat(FloorPlanFile.parse(FloorPlanFile.write(plan), "again")).isEqualTo(plan);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"preset\":\"zigbee2mqtt\",\"device\":\"plug\" | zigbee2mqtt/plug | /power",
        "\"preset\":\"tasmota\",\"device\":\"plug\" | tele/plug/SENSOR | /ENERGY/Power",
        "\"preset\":\"shelly-gen2\",\"device\":\"plug\" | plug/status/switch:0 | /apower",
        "\"preset\":\"shelly-gen2\",\"device\":\"plug\",\"property\":\"pm1:0\" | plug/status/pm1:0 | /apower",
        "\"preset\":\"shelly-gen2\",\"device\":\"plug\",\"property\":\"em:0\" | plug/status/em:0 | /total_act_power",
        "\"preset\":\"shelly-gen2\",\"device\":\"plug\",\"property\":\"em1:1\" | plug/status/em1:1 | /act_power",
        "\"preset\":\"esphome\",\"device\":\"plug\",\"property\":\"treadmill_power\" | plug/sensor/treadmill_power/state | ``",
        "\"preset\":\"home-assistant\",\"device\":\"sensor.plug_power\" | homeassistant/sensor/plug_power/state | ``",
        "\"preset\":\"json\",\"topic\":\"gym/plug\",\"property\":\"watts\" | gym/plug | /watts",
        "\"preset\":\"custom\",\"topic\":\"gym/plug\",\"plainText\":true | gym/plug | ``",
      })
  void a_power_sensor_is_read_in_watts_with_standard_limits(
      String source, String topic, String pointer) throws FloorPlanException {
    MqttMapping mapping = source(power(source)).mapping();
    assertThat(mapping.topic().text()).isEqualTo(topic);
    assertThat(mapping.level().location())
        .isEqualTo(
            pointer.isEmpty()
                ? new ValueLocation.WholeText()
                : new ValueLocation.InJson(new PayloadPointer(pointer)));
    assertThat(mapping.level().rule())
        .isEqualTo(
            new Thresholds(
                new Limit(Limit.Side.ABOVE, 30), Optional.of(new Limit(Limit.Side.BELOW, 15))));
    FloorPlan plan = FloorPlanFile.parse(power(source), "plan");
    assertThat(FloorPlanFile.parse(FloorPlanFile.write(plan), "again")).isEqualTo(plan);
  }

  @Test
  void a_power_sensor_may_have_limits_or_words_of_its_own() throws FloorPlanException {
    String plug = "\"preset\":\"zigbee2mqtt\",\"device\":\"plug\"";
    assertThat(source(power(plug + ",\"active\":{\"above\":100}")).mapping().level().rule())
        .isEqualTo(new Thresholds(new Limit(Limit.Side.ABOVE, 100), Optional.empty()));
    assertThat(
            source(power(plug + ",\"property\":\"state\",\"active\":\"ON\",\"inactive\":\"OFF\""))
                .mapping()
                .level()
                .rule())
        .isInstanceOf(LevelRule.Words.class);
  }

  @Test
  void a_presets_own_time_can_be_left_out() throws FloorPlanException {
    String plug = "\"preset\":\"zigbee2mqtt\",\"device\":\"rack\",\"property\":\"contact\"";
    assertThat(source(plan(plug)).mapping().timestamp())
        .contains(
            new TimestampMapping(
                new PayloadPointer("/last_seen"), TimestampMapping.Unit.ISO_8601_OR_MILLISECONDS));
    String without = plan(plug + ",\"timestamp\":false");
    assertThat(source(without).mapping().timestamp()).isEmpty();
    FloorPlan plan = FloorPlanFile.parse(without, "plan");
    assertThat(FloorPlanFile.parse(FloorPlanFile.write(plan), "again")).isEqualTo(plan);
  }

  @Test
  void the_older_form_is_read_as_before() throws FloorPlanException {
    assertThat(
            source(
                "\"format\":\"zigbee2mqtt\",\"topic\":\"z/door\",\"property\":\"contact\",\"activeWhen\":false"))
        .isEqualTo(
            SourceConfig.Mqtt.of(
                MqttPreset.ZIGBEE2MQTT, new TopicFilter("z/door"), "contact", false));
    assertThat(
            source(
                    "\"format\":\"json\",\"topic\":\"z/door\",\"property\":\"contact\",\"activeWhen\":true")
                .mapping())
        .isEqualTo(
            source(
                    "\"preset\":\"json\",\"topic\":\"z/door\",\"property\":\"contact\",\"activeWhen\":true")
                .mapping());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"topic\":\"a\" | .source.preset: is missing",
        "\"preset\":\"zwave\" | .source.preset: 'zwave' is not one of zigbee2mqtt, tasmota, esphome, shelly-gen2, home-assistant, zwave-js-ui, chirpstack, ttn, sparkplug-b, json, custom",
        "\"preset\":\"json\",\"format\":\"json\" | .source.format: contradicts 'preset'; remove it",
        "\"format\":\"tasmota\" | .source.format: 'tasmota' is not one of zigbee2mqtt, json; write 'preset'",
        "\"format\":\"json\",\"topic\":\"a\",\"property\":\"x\" | .source.activeWhen: is missing",
        "\"format\":\"json\",\"topic\":\"a\",\"property\":\" \",\"activeWhen\":true | property is blank",
        "\"preset\":\"tasmota\" | .source.device: is missing; give the device's name at the broker",
        "\"preset\":\"tasmota\",\"device\":\"a/+\" | .source.device: 'a/+' is blank or has a wildcard",
        "\"preset\":\"json\",\"device\":\"a\" | .source.device: preset json has no device names; give 'topic'",
        "\"preset\":\"json\",\"property\":\"a\" | .source.topic: is missing; give the topic",
        "\"preset\":\"json\",\"topic\":\"a\" | .source.property: is missing; give the device's name for",
        "\"preset\":\"esphome\",\"device\":\"a\" | .source.property: is missing; give the device's name for",
        "\"preset\":\"esphome\",\"device\":\"a\",\"property\":\"#\" | .source.property: has a wildcard",
        "\"preset\":\"zigbee2mqtt\",\"device\":\"a\" | .source.property: is missing",
        "\"preset\":\"json\",\"topic\":\"a/#/b\",\"property\":\"x\" | .source.topic: topic 'a/#/b': nothing may follow '#'",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"pointer\":\"/x\" | .source.property: contradicts 'pointer'; remove one",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"plainText\":true | .source.property: contradicts 'plainText'; remove one",
        "\"preset\":\"esphome\",\"topic\":\"a\",\"property\":\"x\",\"availability\":false | .source.property: contradicts 'topic'; remove one",
        "\"preset\":\"custom\",\"topic\":\"a\",\"property\":\"x\" | .source.property: preset custom has none; give 'pointer'",
        "\"preset\":\"json\",\"topic\":\"a\",\"pointer\":\"x\" | .source.pointer: 'x' is not a JSON pointer (RFC 6901); begin each name with '/'",
        "\"preset\":\"custom\",\"topic\":\"a\",\"active\":\"1\" | .source.pointer: is missing; give it, or \"plainText\": true",
        "\"preset\":\"custom\",\"topic\":\"a\",\"plainText\":true,\"inactive\":\"1\" | nothing means active; give 'active'",
        "\"preset\":\"custom\",\"topic\":\"a\",\"plainText\":true,\"active\":\"1\" | must be able to report inactive; give 'inactive'",
        "\"preset\":\"custom\",\"topic\":\"a\",\"plainText\":true,\"active\":\"1\",\"inactive\":[\"0\",1.0] | '1' cannot mean both active and inactive; leave it in one",
        "\"preset\":\"custom\",\"topic\":\"a\",\"plainText\":true,\"active\":[{}],\"inactive\":0 | .source.active[0]: expected a text, number or boolean, or a list of those, found an object",
        "\"preset\":\"custom\",\"topic\":\"a\",\"plainText\":true,\"active\":{} | .source.active: give either {\"above\": NUMBER} or {\"below\": NUMBER}",
        "\"preset\":\"custom\",\"topic\":\"a\",\"plainText\":true,\"active\":{\"above\":1,\"below\":2} | .source.active: give either {\"above\": NUMBER} or {\"below\": NUMBER}",
        "\"preset\":\"custom\",\"topic\":\"a\",\"plainText\":true,\"active\":{\"over\":1} | .source.active.over: is unknown; use one of above, below",
        "\"preset\":\"custom\",\"topic\":\"a\",\"plainText\":true,\"active\":{\"above\":\"1\"} | .source.active.above: expected a finite number, found '1'",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"active\":\">10\" | .source.active: '>10' is compared as a word; write {\"above\": 10}",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"inactive\":[\"0\",\"<= 1.5\"] | .source.inactive: '<= 1.5' is compared as a word; write {\"below\": 1.5}",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"active\":{\"above\":10},\"inactive\":{\"below\":11} | a number above 10.0 and below 11.0 would be both active and inactive",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"active\":{\"below\":10},\"inactive\":{\"below\":5} | 'active' and 'inactive' are both 'below' a limit; one must be 'above'",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"active\":{\"above\":10},\"inactive\":\"off\" | .source.inactive: 'active' is a limit; give a limit too: {\"below\": 15}",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"inactive\":{\"below\":10} | .source.active: 'inactive' is a limit; give 'active' as one too: {\"above\": 30}",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"active\":{\"above\":10},\"otherNumbers\":\"active\" | .source.otherNumbers: has no effect on numbers; remove it",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"active\":{\"above\":10},\"activeWhen\":false | .source.activeWhen: has no effect on numbers; remove it",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"active\":{\"perMinute\":20},\"inactive\":0 | .source.inactive: follows from the rate of 'active'; remove it",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"active\":{\"perMinute\":0} | .source.active: 'perMinute' must be more than 0",
        "\"preset\":\"custom\",\"topic\":\"a\",\"plainText\":true,\"activeWhen\":true | .source.activeWhen: preset custom has no values of its own",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"activeWhen\":true,\"active\":1 | .source.activeWhen: contradicts 'active' and 'inactive'",
        "\"preset\":\"json\",\"topic\":\"a\",\"plainText\":true,\"missing\":\"ignored\" | a value can be missing from JSON only; remove 'missing'",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"missing\":\"yes\" | .source.missing: 'yes' is not one of ignored, malformed",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"otherNumbers\":\"yes\" | .source.otherNumbers: 'yes' is not one of malformed, active, inactive",
        "\"preset\":\"json\",\"topic\":\"a\",\"plainText\":true,\"timestamp\":{\"pointer\":\"/t\",\"unit\":\"seconds\"} | a timestamp is read from JSON, but the payload is plain text",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"timestamp\":{\"pointer\":\"/t\",\"unit\":\"s\"} | .source.timestamp.unit: 's' is not one of iso-8601, seconds, milliseconds, iso-8601-or-milliseconds",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"timestamp\":{\"pointer\":\"\",\"unit\":\"seconds\"} | .source.timestamp: the whole payload is not a time",
        "\"preset\":\"tasmota\",\"topic\":\"tele/+/SENSOR\" | .source.availability: is missing; it does not follow from 'topic'",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"availability\":true | .source.availability: expected an object, found true",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"availability\":{\"topic\":\"b/+\",\"online\":1,\"offline\":0} | .source.availability: availability topic 'b/+' has a wildcard",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"availability\":{\"topic\":\"b\",\"online\":1,\"offline\":1} | '1' cannot mean both online and offline",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"availability\":{\"topic\":\"b\",\"online\":1,\"offline\":[]} | give both 'online' and 'offline'",
        "\"preset\":\"json\",\"topic\":\"a/#\",\"property\":\"x\",\"availability\":{\"topic\":\"a/b\",\"online\":1,\"offline\":0} | topic 'a/#' also matches the availability topic 'a/b'",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"availability\":[{\"topic\":\"b\",\"online\":1,\"offline\":0},{\"topic\":\"b\",\"online\":1,\"offline\":2}] | availability topic 'b' appears twice",
        "\"preset\":\"json\",\"topic\":\"+/other\",\"property\":\"active\" | sensor 's-1': topic '+/other' also matches readings of sensor 's-2' on 'gym/other'; narrow it",
        "\"preset\":\"json\",\"topic\":\"gym/other\",\"property\":\"active\" | sensor 's-1': topic 'gym/other' also matches readings of sensor 's-2' on 'gym/other'",
        "\"preset\":\"json\",\"topic\":\"hub/+\",\"property\":\"x\" | sensor 's-1': topic 'hub/+' also matches the availability topic of sensor 's-2'; narrow it",
        "\"preset\":\"json\",\"topic\":\"$share/a/b\",\"property\":\"x\" | topic '$share/a/b' is shared with other readers, who would take messages away; leave out '$share/'",
        "\"preset\":\"json\",\"topic\":\"a\",\"propperty\":\"x\" | .source.propperty: is unknown",
        "\"preset\":\"json\",\"topic\":\"a\",\"plainText\":true,\"where\":{\"/id\":1} | 'where' and 'each' look into JSON, but the payload is plain text",
        "\"preset\":\"json\",\"topic\":\"a\",\"plainText\":true,\"each\":\"\" | 'where' and 'each' look into JSON, but the payload is plain text",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"where\":{\"id\":1} | .source.where.id: 'id' is not a JSON pointer (RFC 6901)",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"where\":{\"/id\":[]} | 'where' has no value for '/id'; give at least one",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"where\":[] | .source.where: expected an object",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"each\":\"x\" | .source.each: 'x' is not a JSON pointer (RFC 6901)",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"ignored\":\"ON\" | 'on' cannot mean both a level and ignored",
        "\"preset\":\"json\",\"topic\":\"a\",\"property\":\"x\",\"ignored\":\"?\",\"unavailable\":\"?\" | '?' cannot mean both ignored and unavailable",
        "\"preset\":\"json\",\"topic\":\"gym/x\",\"property\":\"x\",\"availability\":{\"topic\":\"gym/x\",\"pointer\":\"/x\",\"online\":\"on\",\"offline\":\"off\"} | 'on' cannot mean both a level and online",
        "\"preset\":\"json\",\"topic\":\"gym/other\",\"property\":\"active\",\"where\":{\"/id\":1} | sensor 's-1': topic 'gym/other' also matches readings of sensor 's-2' on 'gym/other'; narrow it, or give another 'pointer', or a 'where' by which they differ",
        "\"preset\":\"home-assistant\",\"device\":\"bike\" | .source.device: 'bike' is not an entity id; write it like binary_sensor.bike_1",
        "\"preset\":\"home-assistant\",\"device\":\"binary_sensor.bike\",\"property\":\"x\" | .source.property: preset home-assistant has none; give 'pointer'",
        "\"preset\":\"zwave-js-ui\",\"device\":\"bike\" | .source.property: is missing; give the device's name for",
        "\"preset\":\"tasmota\",\"device\":\"rack\",\"active\":{\"perMinute\":20} | .source.property: is missing; give the device's name for",
        "\"preset\":\"zigbee2mqtt\",\"device\":\"a\",\"property\":\"power\",\"timestamp\":true | .source.timestamp: expected an object",
      })
  void an_invalid_source_is_refused_with_the_field_and_the_remedy(String source, String message) {
    assertThatThrownBy(() -> FloorPlanFile.parse(plan(source), "plan.json"))
        .isInstanceOf(FloorPlanException.class)
        .hasMessageContaining(message);
  }

  @Test
  void sensors_may_share_a_topic_and_a_place_if_no_message_is_about_both()
      throws FloorPlanException {
    String shared =
        """
        "preset":"json","topic":"rtl_433/events","property":"state","where":{"/id":%s,"/model":"A"}
        """;
    String plan =
        """
        {"gym":{"id":"g","name":"Gym","latitude":47.4,"longitude":8.5,"zone":"Europe/Zurich"},
         "gateway":"g-gw","machines":[{"id":"m","category":"bike","name":"B","x":1,"y":2,"sensors":[
          {"id":"s-1","behaviour":"level","source":{"type":"mqtt",%s}},
          {"id":"s-2","behaviour":"level","source":{"type":"mqtt",%s}}]}]}""";
    FloorPlan apart =
        FloorPlanFile.parse(
            plan.formatted(shared.formatted("[1,2]"), shared.formatted("\"3\"")), "plan");
    assertThat(FloorPlanFile.parse(FloorPlanFile.write(apart), "again")).isEqualTo(apart);
    assertThatThrownBy(
            () ->
                FloorPlanFile.parse(
                    plan.formatted(shared.formatted("[1,2]"), shared.formatted("2.0")), "plan"))
        .hasMessageContaining("also matches readings of sensor");
  }

  @Test
  void standard_words_give_way_to_those_of_the_source() throws FloorPlanException {
    String zigbee = "\"preset\":\"zigbee2mqtt\",\"device\":\"a\",\"property\":\"action\"";
    assertThat(source(zigbee).mapping().level().ignored()).isEqualTo(PayloadValues.of(""));
    assertThat(
            source(zigbee + ",\"active\":\"shake\",\"inactive\":\"\"").mapping().level().ignored())
        .isEqualTo(PayloadValues.of());
    assertThat(source(zigbee + ",\"ignored\":[]").mapping().level().ignored())
        .isEqualTo(PayloadValues.of());
    assertThat(
            source("\"preset\":\"home-assistant\",\"device\":\"binary_sensor.a\"")
                .mapping()
                .level()
                .unavailable())
        .isEqualTo(PayloadValues.of("unavailable", "unknown"));
  }

  @Test
  void a_wildcard_may_match_another_sensors_topic_if_it_reads_another_value()
      throws FloorPlanException {
    assertThat(
            source("\"preset\":\"json\",\"topic\":\"gym/+\",\"property\":\"door\"")
                .mapping()
                .topic()
                .matches("gym/other"))
        .isTrue();
  }

  /// @param source of a level sensor, or a whole plan
  private static SourceConfig.Mqtt source(String source) throws FloorPlanException {
    SourceConfig read =
        FloorPlanFile.parse(source.startsWith("{") ? source : plan(source), "plan")
            .machines()
            .getFirst()
            .sensors()
            .getFirst()
            .source();
    return (SourceConfig.Mqtt) read;
  }

  private static String pulse(String source) {
    return plan(source).replaceFirst("\"level\"", "\"pulse\",\"vacancySeconds\":60");
  }

  private static String power(String source) {
    return plan(source).replaceFirst("\"level\"", "\"power\"");
  }

  private static String plan(String source) {
    return """
    {"gym":{"id":"g","name":"Gym","latitude":47.4,"longitude":8.5,"zone":"Europe/Zurich"},
     "gateway":"g-gw",
     "machines":[
      {"id":"m-1","category":"bike","name":"Bike","x":1,"y":2.5,"sensors":[
        {"id":"s-1","behaviour":"level","source":{"type":"mqtt",%s}},
        {"id":"s-2","behaviour":"level","source":{"type":"mqtt","preset":"json",
         "topic":"gym/other","property":"active",
         "availability":{"topic":"hub/state","online":1,"offline":0}}}]}]}"""
        .formatted(source);
  }
}
