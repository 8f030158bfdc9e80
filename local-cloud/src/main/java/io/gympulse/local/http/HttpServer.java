package io.gympulse.local.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.local.netty.NettyMemory;
import io.gympulse.process.SiteCheck;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// An HTTP/1.1 server with bounded memory: see [HttpLimits].
///
/// Connections and bodies are limited for each source, so that one client leaves room for others.
/// Cross-site requests are refused: see [SiteCheck]. Handlers run on virtual threads. Thread-safe.
public final class HttpServer implements AutoCloseable {
  private static final int LINE_BYTES = 4 << 10;
  private static final int READ_BYTES = 8 << 10;
  private static final long STOP_MILLIS = 300;

  static {
    NettyMemory.allowUnsafe();
  }

  private final HttpDispatcher dispatcher;
  private final ConnectionLimiter limiter;
  private final EventLoopGroup loop;
  private final Channel channel;

  private HttpServer(
      HttpDispatcher dispatcher, ConnectionLimiter limiter, EventLoopGroup loop, Channel channel) {
    this.dispatcher = dispatcher;
    this.limiter = limiter;
    this.loop = loop;
    this.channel = channel;
  }

  /// Starts to listen; paths without a handler are answered with 404.
  ///
  /// @param address port 0 for any free one
  /// @throws IOException if it cannot listen; a [java.net.BindException] if the port is in use
  public static HttpServer start(InetSocketAddress address, SiteCheck site, HttpLimits limits)
      throws IOException {
    HttpDispatcher dispatcher = new HttpDispatcher(limits, site);
    ConnectionLimiter limiter = new ConnectionLimiter(limits);
    EventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(
            1, Thread.ofPlatform().daemon().name("http").factory(), NioIoHandler.newFactory());
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
            .childHandler(new Pipeline(dispatcher, limiter))
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      dispatcher.stop();
      stop(loop);
      throw bound.cause() instanceof IOException cause ? cause : new IOException(bound.cause());
    }
    return new HttpServer(dispatcher, limiter, loop, bound.channel());
  }

  /// Adds the handler of a path and of the paths below it that have no handler; `/` is for all
  /// others.
  public void serve(String path, HttpHandler handler) {
    dispatcher.serve(path, handler);
  }

  /// The port on which it listens.
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /// Open connections, charged bytes of bodies, and since the start the connections that were
  /// replaced by new ones, and the refused connections and requests.
  public ObjectNode health() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("connections", limiter.open())
        .put("connectionsDisplaced", limiter.displaced())
        .put("connectionsRefused", limiter.refused())
        .put("bodyBytes", dispatcher.bodies().taken())
        .put("requestsRefused", dispatcher.refused());
  }

  /// Stops listening and closes every connection.
  @Override
  public void close() {
    channel.close().awaitUninterruptibly();
    dispatcher.stop();
    stop(loop);
  }

  private static void stop(EventLoopGroup loop) {
    loop.shutdownGracefully(0, STOP_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }

  private static final class Pipeline extends ChannelInitializer<Channel> {
    private final HttpDispatcher dispatcher;
    private final ConnectionLimiter limiter;

    Pipeline(HttpDispatcher dispatcher, ConnectionLimiter limiter) {
      this.dispatcher = dispatcher;
      this.limiter = limiter;
    }

    @Override
    protected void initChannel(Channel channel) {
      HttpLimits limits = dispatcher.limits();
      channel
          .pipeline()
          .addLast(limiter)
          .addLast(new WriteTimeoutHandler(limits.write().toMillis(), TimeUnit.MILLISECONDS))
          .addLast(
              new HttpServerCodec(
                  new HttpDecoderConfig()
                      .setMaxInitialLineLength(LINE_BYTES)
                      .setMaxHeaderSize(limits.headerBytes())
                      .setMaxChunkSize(READ_BYTES)))
          .addLast(new FlowControlHandler())
          .addLast(new HttpConnection(dispatcher, limiter));
    }
  }
}
