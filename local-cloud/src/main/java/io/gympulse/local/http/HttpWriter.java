package io.gympulse.local.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;

/// Writes replies to a connection.
final class HttpWriter {
  private static final int CHUNK_BYTES = 8 << 10;

  private HttpWriter() {}

  static ChannelFuture write(Channel channel, HttpReply.Whole reply, boolean keepAlive) {
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status()),
            Unpooled.wrappedBuffer(reply.body()));
    set(response, reply.headers());
    HttpUtil.setContentLength(response, reply.body().length);
    HttpUtil.setKeepAlive(response, keepAlive);
    return channel.writeAndFlush(response);
  }

  /// Writes until the body is written or the client is gone, then closes the connection.
  static void stream(Channel channel, HttpReply.Streamed reply) throws InterruptedException {
    var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    set(response, reply.headers());
    HttpUtil.setTransferEncodingChunked(response, true);
    HttpUtil.setKeepAlive(response, false);
    var _ = channel.writeAndFlush(response);
    try {
      OutputStream out = new BufferedOutputStream(new Chunks(channel), CHUNK_BYTES);
      reply.body().writeTo(out);
      out.flush();
    } catch (IOException e) {
      // The client is gone.
    } finally {
      channel
          .writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  private static void set(HttpResponse response, Map<String, String> headers) {
    headers.forEach((name, value) -> response.headers().set(name, value));
  }

  /// Each write waits until the connection has taken it.
  private static final class Chunks extends OutputStream {
    private final Channel channel;

    Chunks(Channel channel) {
      this.channel = channel;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      byte[] copy = Arrays.copyOfRange(bytes, from, from + length);
      ChannelFuture written =
          channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(copy)));
      try {
        written.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the server stops");
      }
      if (!written.isSuccess()) {
        throw new IOException("the client is gone", written.cause());
      }
    }
  }
}
