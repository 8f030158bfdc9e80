package io.gympulse.edge.binding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.process.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/// A floor plan's file while sensors are bound: each change is checked by the file's own reader and
/// then written, durably and atomically. Before the first change, the file is copied to
/// `FILE.before-binding`. What a change does not concern stays as it is in the file. Not
/// thread-safe.
final class FloorPlanDraft {
  private static final JsonTree JSON = JsonTree.standard();
  private static final String BACKUP = ".before-binding";
  private static final int LONGEST_ID = 64;

  private final Path file;
  private JsonNode root;
  private FloorPlan plan;
  private boolean backedUp;

  private FloorPlanDraft(Path file, JsonNode root, FloorPlan plan) {
    this.file = file;
    this.root = root;
    this.plan = plan;
  }

  /// @throws FloorPlanException if the file is not a valid floor plan
  static FloorPlanDraft read(Path file) throws FloorPlanException {
    try {
      String text = Files.readString(file);
      return new FloorPlanDraft(file, JSON.read(text), FloorPlanFile.parse(text, file.toString()));
    } catch (JsonProcessingException e) {
      throw new FloorPlanException("floor plan %s is not JSON".formatted(file));
    } catch (IOException e) {
      throw new FloorPlanException("floor plan %s cannot be read: %s".formatted(file, e));
    }
  }

  FloorPlan plan() {
    return plan;
  }

  /// The sensors of a machine as they are in the file.
  ArrayNode sensors(MachineId machine) {
    return (ArrayNode) sensors(root, machine).deepCopy();
  }

  private static JsonNode sensors(JsonNode root, MachineId machine) {
    return machine(root, machine).path("sensors");
  }

  private static JsonNode machine(JsonNode root, MachineId machine) {
    for (JsonNode it : root.path("machines")) {
      if (it.path("id").asText().equals(machine.value())) {
        return it;
      }
    }
    throw new IllegalArgumentException("the floor plan has no machine '%s'".formatted(machine));
  }

  /// A sensor of a machine.
  ///
  /// @param active whether the candidate's value is high while the machine is used
  static ObjectNode sensor(MachineId machine, Candidate candidate, boolean active) {
    String kind = candidate.behaviour().wireName();
    String id = machine.value();
    String shortened = id.substring(0, Math.min(id.length(), LONGEST_ID - kind.length() - 1));
    ObjectNode sensor = JsonTree.object();
    sensor.put("id", shortened + "-" + kind).put("behaviour", kind);
    sensor.set("source", candidate.source(active));
    return sensor;
  }

  /// Replaces the sensors of a machine in the file.
  ///
  /// @throws FloorPlanException if the plan would not be valid, or cannot be written; nothing has
  ///     changed then
  void replaceSensors(MachineId machine, ArrayNode sensors) throws FloorPlanException {
    JsonNode changed = root.deepCopy();
    ((ObjectNode) machine(changed, machine)).set("sensors", sensors.deepCopy());
    String text = changed.toPrettyString() + "\n";
    FloorPlan checked = FloorPlanFile.parse(text, file.toString());
    try {
      write(text);
    } catch (IOException e) {
      throw new FloorPlanException("floor plan %s cannot be written: %s".formatted(file, e));
    }
    root = changed;
    plan = checked;
  }

  /// Who may read the file may read it afterwards.
  private void write(String text) throws IOException {
    if (!backedUp) {
      DurableFile.write(file.resolveSibling(file.getFileName() + BACKUP), Files.readAllBytes(file));
      backedUp = true;
    }
    Set<PosixFilePermission> readers = Files.getPosixFilePermissions(file);
    if (readers.contains(PosixFilePermission.OTHERS_READ)) {
      DurableFile.writePublic(file, text);
    } else {
      DurableFile.write(file, text);
      Files.setPosixFilePermissions(file, readers);
    }
  }
}
