package ordinary.web;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DelegatingDecompressorFrameListener;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.codec.http2.HttpToHttp2ConnectionHandler;
import io.netty.handler.codec.http2.HttpToHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.InboundHttp2ToHttpAdapterBuilder;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.util.function.Supplier;

/** HTTP over a Netty pipeline, whichever version ALPN chose. */
final class NettyHttp {

    private NettyHttp() {}

    static SslContextBuilder withAlpn(SslContextBuilder tls, String... protocols) {
        String[] names = protocols.length > 0
                ? protocols
                : new String[] {ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1};
        return tls.ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        names));
    }

    static ChannelHandler server(Supplier<ChannelHandler> site) {
        return chosen(new HttpServerCodec(), true, site);
    }

    static ChannelHandler client(Supplier<ChannelHandler> reader) {
        return chosen(new HttpClientCodec(), false, reader);
    }

    /** HTTP/1.1 in plaintext. */
    static ChannelHandler[] plain(ChannelHandler http1, ChannelHandler last) {
        return new ChannelHandler[] {http1, new HttpObjectAggregator(Site.LARGEST), last};
    }

    private static ChannelHandler chosen(ChannelHandler http1, boolean server, Supplier<ChannelHandler> last) {
        return new ApplicationProtocolNegotiationHandler(ApplicationProtocolNames.HTTP_1_1) {
            @Override
            protected void configurePipeline(ChannelHandlerContext context, String protocol) {
                ChannelPipeline pipeline = context.pipeline();
                if (protocol.equals(ApplicationProtocolNames.HTTP_2)) pipeline.addLast(http2(server));
                else pipeline.addLast(http1, new HttpObjectAggregator(Site.LARGEST));
                pipeline.addLast(last.get());
            }
        };
    }

    private static HttpToHttp2ConnectionHandler http2(boolean server) {
        var connection = new DefaultHttp2Connection(server);
        var listener = new InboundHttp2ToHttpAdapterBuilder(connection)
                .maxContentLength(Site.LARGEST)
                .propagateSettings(!server)
                .build();
        return new HttpToHttp2ConnectionHandlerBuilder()
                .frameListener(server ? listener : new DelegatingDecompressorFrameListener(connection, listener, 0))
                .connection(connection)
                .build();
    }
}
