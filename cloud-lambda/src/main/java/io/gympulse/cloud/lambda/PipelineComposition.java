package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.gympulse.cloud.aws.client.Lazy;
import io.gympulse.cloud.aws.dynamo.DynamoCloudStore;
import io.gympulse.cloud.core.device.DeviceCounts;
import io.gympulse.cloud.core.device.MetricPoints;
import io.gympulse.cloud.core.queue.WorkQueue;
import io.gympulse.cloud.http.HttpHandler;
import io.gympulse.cloud.http.HttpRoutes;
import io.gympulse.cloud.pipeline.DeviceCountHandler;
import io.gympulse.cloud.pipeline.DeviceIngestHandler;
import io.gympulse.cloud.pipeline.DeviceStatsHandler;
import io.gympulse.cloud.pipeline.DeviceStatsPageHandler;
import io.gympulse.cloud.pipeline.MetricIngestHandler;
import io.gympulse.cloud.pipeline.PipelineCounters;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/// The composition of the device pipeline: raw bodies in S3, items in SQS, counts and metric points
/// in DynamoDB's tables.
final class PipelineComposition {
  /// The bucket of raw bodies.
  static final String RAW_BUCKET = "GYM_PULSE_RAW_BUCKET";

  /// The queue of items.
  static final String DEVICE_QUEUE_URL = "GYM_PULSE_DEVICE_QUEUE_URL";

  /// The SDK's own names; for services that are not AWS's.
  static final String S3_ENDPOINT = "AWS_ENDPOINT_URL_S3";

  static final String SQS_ENDPOINT = "AWS_ENDPOINT_URL_SQS";

  private PipelineComposition() {}

  /// A route's handler and its clients are created at the route's first request.
  ///
  /// @throws IllegalStateException naming an environment variable that is missing
  static HttpRoutes routes(Composition base, PipelineCounters counters) {
    String bucket = base.environment().required(RAW_BUCKET);
    URI queue = base.environment().requiredUri(DEVICE_QUEUE_URL);
    DynamoCloudStore store = base.store();
    DeviceCounts counts = store.deviceCounts();
    MetricPoints points = store.metricPoints();
    InstantSource clock = base.clock();
    return new HttpRoutes(
        Map.of(
            "POST /ingest",
            lazily(() -> ingest(base, bucket, queue, counters)),
            "POST /ingest/batch",
            lazily(() -> new MetricIngestHandler(points, clock, counters)),
            "GET /stats",
            lazily(() -> new DeviceStatsHandler(counts, counters)),
            "GET /stats-html",
            lazily(() -> new DeviceStatsPageHandler(counts, counters))),
        counters.responses());
  }

  static DeviceCountHandler counting(Composition base, PipelineCounters counters) {
    return new DeviceCountHandler(base.store().deviceCounts(), base.clock(), counters);
  }

  private static HttpHandler ingest(
      Composition base, String bucket, URI queue, PipelineCounters counters) {
    return new DeviceIngestHandler(
        base.services().rawStore(base.environment().optional(S3_ENDPOINT), bucket),
        queue(base, queue),
        base.clock(),
        counters);
  }

  static WorkQueue queue(Composition base, URI address) {
    return base.services().workQueue(base.environment().optional(SQS_ENDPOINT), address);
  }

  private static RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> lazily(
      Supplier<HttpHandler> maker) {
    Lazy<HttpHandler> handler = new Lazy<>(maker);
    return (request, context) -> handler.get().handleRequest(request, context);
  }
}
