package ordinary.web;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.HttpConversionUtil.ExtensionHeaderNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Netty with its {@code SslHandler} over the JDK's engines, HTTP/2 and HTTP/1.1 by ALPN. */
public final class NettyServer {

    private NettyServer() {}

    public static void main(String... args) throws Exception {
        Stores stores = Stores.given();
        Site.open(start(overTls(stores, ClientAuth.NONE)), start(overTls(stores, ClientAuth.REQUIRE)));
    }

    private static SslContext tls(Stores stores, ClientAuth clients) throws Exception {
        return NettyHttp.withAlpn(SslContextBuilder.forServer(stores.keys())
                        .sslProvider(SslProvider.JDK)
                        .trustManager(stores.trusted())
                        .clientAuth(clients))
                .build();
    }

    static Consumer<ChannelPipeline> overTls(Stores stores, ClientAuth clients) throws Exception {
        SslContext tls = tls(stores, clients);
        return pipeline -> {
            pipeline.addLast(tls.newHandler(pipeline.channel().alloc()));
            pipeline.addLast(NettyHttp.server(SiteHandler::new));
        };
    }

    static int start(Consumer<ChannelPipeline> layers) throws InterruptedException {
        return start(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()), 0, layers);
    }

    static int start(EventLoopGroup threads, int port, Consumer<ChannelPipeline> layers) throws InterruptedException {
        var channel = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connection) {
                        layers.accept(connection.pipeline());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), port)
                .sync()
                .channel();
        return channel.localAddress() instanceof InetSocketAddress address ? address.getPort() : 0;
    }

    static final class SiteHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            ByteBuf body = request.uri().equals(Site.ECHO)
                    ? request.content().retain()
                    : ByteBufUtil.encodeString(
                            context.alloc(), CharBuffer.wrap(greeting(context)), StandardCharsets.UTF_8);
            FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
            response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
            String stream = request.headers().get(ExtensionHeaderNames.STREAM_ID.text());
            if (stream != null) response.headers().set(ExtensionHeaderNames.STREAM_ID.text(), stream);
            context.writeAndFlush(response);
        }

        private static String greeting(ChannelHandlerContext context) {
            SslHandler tls = context.pipeline().get(SslHandler.class);
            return tls == null
                    ? Site.greeting(List.of())
                    : Site.greeting(tls.engine().getSession());
        }
    }
}
