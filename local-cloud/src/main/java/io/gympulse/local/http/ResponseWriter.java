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

/// Writes responses to a connection.
final class ResponseWriter {
  private static final int CHUNK_BYTES = 8 << 10;

  private ResponseWriter() {}

  static ChannelFuture write(Channel channel, ServerResponse.Complete response, boolean keepAlive) {
    var encoded =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(response.status()),
            Unpooled.wrappedBuffer(response.body()));
    set(encoded, response.headers());
    HttpUtil.setContentLength(encoded, response.body().length);
    HttpUtil.setKeepAlive(encoded, keepAlive);
    return channel.writeAndFlush(encoded);
  }

  /// Writes until the body ends or the client disconnects, then closes the connection.
  static void stream(Channel channel, ServerResponse.Streamed response)
      throws InterruptedException {
    var encoded = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    set(encoded, response.headers());
    HttpUtil.setTransferEncodingChunked(encoded, true);
    HttpUtil.setKeepAlive(encoded, false);
    var _ = channel.writeAndFlush(encoded);
    try {
      OutputStream out = new BufferedOutputStream(new Chunks(channel), CHUNK_BYTES);
      response.body().writeTo(out);
      out.flush();
    } catch (IOException e) {
      // The client has disconnected.
    } finally {
      channel
          .writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  private static void set(HttpResponse response, Map<String, String> headers) {
    headers.forEach((name, value) -> response.headers().set(name, value));
  }

  /// Each write blocks until the connection has sent it.
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
        throw new IOException("the client has disconnected", written.cause());
      }
    }
  }
}
