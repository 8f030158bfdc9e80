package io.gympulse.local.broker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;

/// A payload that says when the broker is done with it, which is when it releases it. The broker
/// queues packets without a bound and tells nobody of its queue.
final class TrackedPayload extends UnpooledHeapByteBuf {

  private final Runnable released;

  private TrackedPayload(byte[] bytes, Runnable released) {
    super(UnpooledByteBufAllocator.DEFAULT, bytes, bytes.length);
    this.released = released;
  }

  /// @param released called once, on the thread that releases it
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
