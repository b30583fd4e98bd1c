package ordinary.web;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.HttpConversionUtil.ExtensionHeaderNames;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.EOFException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client made of Netty's parts, over the JDK's engines. */
final class NettyBrowser implements Browser {

    private static final long PATIENCE_SECONDS = 30;

    private final EventLoopGroup threads = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final SslContext tls;
    private final boolean http2;
    private Channel channel;
    private volatile CompletableFuture<Void> ready;
    private volatile CompletableFuture<Reply> reply;

    NettyBrowser(Stores stores, boolean http2) throws Exception {
        this.http2 = http2;
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .keyManager(stores.keys())
                .trustManager(stores.trusted())
                .endpointIdentificationAlgorithm("HTTPS");
        tls = (http2 ? NettyHttp.withAlpn(builder) : NettyHttp.withAlpn(builder, ApplicationProtocolNames.HTTP_1_1))
                .build();
    }

    @Override
    public Reply read(URI page) throws Exception {
        return send(page, HttpMethod.GET, new byte[0]);
    }

    @Override
    public Reply post(URI page, byte[] body) throws Exception {
        return send(page, HttpMethod.POST, body);
    }

    private Reply send(URI page, HttpMethod method, byte[] body) throws Exception {
        if (channel == null) connect(page);
        ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        reply = new CompletableFuture<>();
        var request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, page.getPath(), Unpooled.wrappedBuffer(body));
        request.headers().set(HttpHeaderNames.HOST, page.getAuthority());
        request.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        request.headers().set(ExtensionHeaderNames.SCHEME.text(), page.getScheme());
        channel.writeAndFlush(request).sync();
        return reply.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void connect(URI page) throws InterruptedException {
        ready = new CompletableFuture<>();
        channel = new Bootstrap()
                .group(threads)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connection) {
                        layers(connection, page);
                    }
                })
                .connect(page.getHost(), page.getPort())
                .sync()
                .channel();
        channel.closeFuture().addListener(closed -> ready.completeExceptionally(new EOFException()));
    }

    private void layers(SocketChannel connection, URI page) {
        if (page.getScheme().equals("http")) {
            connection.pipeline().addLast(NettyHttp.plain(new HttpClientCodec(), new Reader()));
            return;
        }
        connection.pipeline().addLast(tls.newHandler(connection.alloc(), page.getHost(), page.getPort()));
        connection.pipeline().addLast(NettyHttp.client(Reader::new));
    }

    @Override
    public void close() {
        if (channel != null) channel.close().syncUninterruptibly();
        threads.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** It is added when ALPN has chosen. */
    private final class Reader extends SimpleChannelInboundHandler<FullHttpResponse> {

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            ready.complete(null);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            boolean overStream = response.headers().contains(ExtensionHeaderNames.STREAM_ID.text());
            reply.complete(new Reply(overStream ? HTTP_2 : HTTP_1_1, ByteBufUtil.getBytes(response.content())));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            ready.completeExceptionally(cause);
            if (reply != null) reply.completeExceptionally(cause);
            context.close();
        }
    }
}
