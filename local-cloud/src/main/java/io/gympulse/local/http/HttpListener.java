package io.gympulse.local.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/// An HTTP/1.1 server whose memory is bounded whatever its clients do: see [HttpLimits].
///
/// Connections and bodies are counted for each source, so that one client leaves room for others.
/// Requests of other sites' pages are refused: see [SiteCheck]. Services run on virtual threads.
/// Thread-safe.
public final class HttpListener implements AutoCloseable {
  private static final int LINE_BYTES = 4 << 10;
  private static final int READ_BYTES = 8 << 10;
  private static final long STOP_MILLIS = 300;

  static {
    // What the broker needs of Netty has to be said before Netty's first class is loaded, whichever
    // of the two starts first.
    if (System.getProperty("io.netty.noUnsafe") == null) {
      System.setProperty("io.netty.noUnsafe", "false");
    }
  }

  private final HttpServing serving;
  private final ConnectionGate gate;
  private final EventLoopGroup loop;
  private final Channel channel;

  private HttpListener(
      HttpServing serving, ConnectionGate gate, EventLoopGroup loop, Channel channel) {
    this.serving = serving;
    this.gate = gate;
    this.loop = loop;
    this.channel = channel;
  }

  /// Starts to listen; every path is answered 404 until it is served.
  ///
  /// @param address port 0 for any free one
  /// @throws IOException if it cannot listen; a [java.net.BindException] if the port is taken
  public static HttpListener start(InetSocketAddress address, SiteCheck site, HttpLimits limits)
      throws IOException {
    HttpServing serving = new HttpServing(limits, site);
    ConnectionGate gate = new ConnectionGate(limits);
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
            .childHandler(new Pipeline(serving, gate))
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      serving.stop();
      stop(loop);
      throw bound.cause() instanceof IOException cause ? cause : new IOException(bound.cause());
    }
    return new HttpListener(serving, gate, loop, bound.channel());
  }

  /// Serves a path, and what lies below it unless that is served on its own; `/` serves the rest.
  public void serve(String path, HttpService service) {
    serving.serve(path, service);
  }

  /// The port that it listens on.
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /// Open connections, bytes of the bodies beyond what is free, and what was closed in favour of
  /// new connections or refused since it started.
  public ObjectNode health() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("connections", gate.open())
        .put("connectionsDisplaced", gate.displaced())
        .put("connectionsRefused", gate.refused())
        .put("bodyBytes", serving.bodies().taken())
        .put("requestsRefused", serving.refused());
  }

  /// Takes nothing more and closes every connection.
  @Override
  public void close() {
    channel.close().awaitUninterruptibly();
    serving.stop();
    stop(loop);
  }

  private static void stop(EventLoopGroup loop) {
    loop.shutdownGracefully(0, STOP_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }

  private static final class Pipeline extends ChannelInitializer<Channel> {
    private final HttpServing serving;
    private final ConnectionGate gate;

    Pipeline(HttpServing serving, ConnectionGate gate) {
      this.serving = serving;
      this.gate = gate;
    }

    @Override
    protected void initChannel(Channel channel) {
      HttpLimits limits = serving.limits();
      channel
          .pipeline()
          .addLast(gate)
          .addLast(new WriteTimeoutHandler(limits.write().toMillis(), TimeUnit.MILLISECONDS))
          .addLast(
              new HttpServerCodec(
                  new HttpDecoderConfig()
                      .setMaxInitialLineLength(LINE_BYTES)
                      .setMaxHeaderSize(limits.headerBytes())
                      .setMaxChunkSize(READ_BYTES)))
          .addLast(new FlowControlHandler())
          .addLast(new HttpConnection(serving, gate));
    }
  }
}
