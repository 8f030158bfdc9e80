package io.gympulse.cloud.pipeline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.core.device.MetricPoint;
import io.gympulse.cloud.core.device.MetricPoints;
import io.gympulse.cloud.http.ApiError;
import io.gympulse.cloud.http.HttpHandler;
import io.gympulse.cloud.http.Request;
import io.gympulse.cloud.http.Response;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /ingest/batch`: stores metric points, each validated on its own.
///
/// The response is `{"status","accepted","rejected":[{"index","code","message","field"?}]}`: 200 if
/// all are stored, 207 if some are, and the first error's status and `error` if none is.
/// Idempotent.
public final class MetricIngestHandler extends HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(MetricIngestHandler.class);
  private static final ApiError NOT_STORED = ApiError.unavailable("not stored now; send it again");

  private final MetricPoints points;
  private final InstantSource clock;
  private final PipelineCounters counters;

  public MetricIngestHandler(MetricPoints points, InstantSource clock, PipelineCounters counters) {
    super(counters.responses());
    this.points = points;
    this.clock = clock;
    this.counters = counters;
  }

  @Override
  protected Response respond(Request request) {
    byte[] body = request.body(DeviceIngestHandler.MAX_BODY_BYTES);
    List<PointReader.Read> read = PointReader.read(body, clock.instant());
    Map<Integer, ApiError> errors = store(read);
    counters.pointsIngested(read.size() - errors.size(), errors.size());
    return response(read.size() - errors.size(), errors);
  }

  /// @return the errors of points that are not stored, by index
  private Map<Integer, ApiError> store(List<PointReader.Read> read) {
    Map<Integer, ApiError> errors = new TreeMap<>();
    List<MetricPoint> valid = new ArrayList<>();
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      switch (read.get(i)) {
        case PointReader.Read.Valid(MetricPoint point) -> {
          valid.add(point);
          indexes.add(i);
        }
        case PointReader.Read.Invalid(ApiError error) -> errors.put(i, error);
      }
    }
    for (MetricPoints.NotStored it : points.put(valid)) {
      LOG.warn("metric point not stored: {}", it.reason());
      errors.put(indexes.get(it.index()), NOT_STORED);
    }
    return errors;
  }

  private static Response response(int accepted, Map<Integer, ApiError> errors) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("status", errors.isEmpty() ? "accepted" : accepted == 0 ? "rejected" : "partial");
    body.put("accepted", accepted);
    ArrayNode rejected = body.putArray("rejected");
    errors.forEach((index, error) -> rejected.addObject().put("index", index).setAll(error.json()));
    int status = errors.isEmpty() ? 200 : 207;
    if (accepted == 0) {
      ApiError first = errors.values().iterator().next();
      body.set("error", first.json());
      status = first.status();
    }
    return Response.json(status, body);
  }
}
