package io.gympulse.cloud.pipeline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.core.metric.MetricPoint;
import io.gympulse.cloud.core.metric.MetricPoints;
import io.gympulse.cloud.http.Answer;
import io.gympulse.cloud.http.Asked;
import io.gympulse.cloud.http.Fault;
import io.gympulse.cloud.http.HttpHandler;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /ingest/batch`: stores metric points, each judged by itself.
///
/// Answers `{"status","accepted","rejected":[{"index","code","message","field"?}]}`: 200 if all are
/// stored, 207 if some are, and the first fault's status and form if none is. Points may be sent
/// again.
public final class MetricIngestHandler extends HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(MetricIngestHandler.class);
  private static final Fault NOT_STORED = Fault.unavailable("not stored now; send it again");

  private final MetricPoints points;
  private final InstantSource clock;
  private final PipelineCounters counters;

  public MetricIngestHandler(MetricPoints points, InstantSource clock, PipelineCounters counters) {
    super(counters.answers());
    this.points = points;
    this.clock = clock;
    this.counters = counters;
  }

  @Override
  protected Answer answer(Asked asked) {
    byte[] body = asked.body(DeviceIngestHandler.MAX_BODY_BYTES);
    List<PointReader.Read> read = PointReader.read(body, clock.instant());
    Map<Integer, Fault> faults = store(read);
    counters.pointsJudged(read.size() - faults.size(), faults.size());
    return answer(read.size() - faults.size(), faults);
  }

  /// @return what is wrong with those that are not stored, by their place
  private Map<Integer, Fault> store(List<PointReader.Read> read) {
    Map<Integer, Fault> faults = new TreeMap<>();
    List<MetricPoint> valid = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      switch (read.get(i)) {
        case PointReader.Read.Valid(MetricPoint point) -> {
          valid.add(point);
          places.add(i);
        }
        case PointReader.Read.Invalid(Fault fault) -> faults.put(i, fault);
      }
    }
    for (MetricPoints.Unkept it : points.put(valid)) {
      LOG.warn("a metric point is not stored: {}", it.reason());
      faults.put(places.get(it.index()), NOT_STORED);
    }
    return faults;
  }

  private static Answer answer(int accepted, Map<Integer, Fault> faults) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("status", faults.isEmpty() ? "accepted" : accepted == 0 ? "rejected" : "partial");
    body.put("accepted", accepted);
    ArrayNode rejected = body.putArray("rejected");
    faults.forEach(
        (index, fault) -> rejected.addObject().put("index", index).setAll(Answer.error(fault)));
    int status = faults.isEmpty() ? 200 : 207;
    if (accepted == 0) {
      Fault first = faults.values().iterator().next();
      body.set("error", Answer.error(first));
      status = first.status();
    }
    return Answer.json(status, body);
  }
}
