package ordinary.web;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.ClientAuth;

/** Netty with one thread for all: a server in plaintext, at the port that it is told, and one that does TLS. */
public final class NettyPair {

    private NettyPair() {}

    public static void main(String... args) throws Exception {
        var thread = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        int plain = NettyServer.start(
                thread,
                Integer.parseInt(args[0]),
                pipeline -> pipeline.addLast(NettyHttp.plain(new HttpServerCodec(), new NettyServer.SiteHandler())));
        Site.open(plain, NettyServer.start(thread, 0, NettyServer.overTls(Stores.given(), ClientAuth.NONE)));
    }
}
