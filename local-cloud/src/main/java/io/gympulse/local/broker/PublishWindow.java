package io.gympulse.local.broker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import java.util.concurrent.Executor;

/// The publishes of one connection that the broker is processing. While there are too many, the
/// connection is not read. The broker queues packets without a limit and does not report that
/// queue, but releases a payload when it has processed the publish. For the channel's event loop.
final class PublishWindow {

  private final int max;
  private final InboundThrottle throttle;
  private int inFlight;

  PublishWindow(int max, InboundThrottle throttle) {
    this.max = max;
    this.throttle = throttle;
  }

  /// Adds a publish until its payload is released.
  ///
  /// @return the message to pass to the broker in place of the given one
  MqttPublishMessage add(MqttPublishMessage publish, Executor eventLoop) {
    inFlight++;
    throttle.setWindowFull(inFlight >= max);
    MqttPublishMessage tracked =
        publish.replace(
            TrackedPayload.copyOf(publish.payload(), () -> eventLoop.execute(this::remove)));
    publish.release();
    return tracked;
  }

  private void remove() {
    inFlight--;
    throttle.setWindowFull(inFlight >= max);
  }

  private static final class TrackedPayload extends UnpooledHeapByteBuf {

    private final Runnable released;

    private TrackedPayload(byte[] bytes, Runnable released) {
      super(UnpooledByteBufAllocator.DEFAULT, bytes, bytes.length);
      this.released = released;
    }

    /// @param released called once, on the thread that releases the payload
    static TrackedPayload copyOf(ByteBuf payload, Runnable released) {
      byte[] bytes = new byte[payload.readableBytes()];
      payload.getBytes(payload.readerIndex(), bytes);
      return new TrackedPayload(bytes, released);
    }

    @Override
    protected void deallocate() {
      super.deallocate();
      released.run();
    }
  }
}
