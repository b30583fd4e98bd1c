package ordinary.web;

import com.sun.net.httpserver.HttpServer;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The JDK's server, Tomcat, Netty and Jetty, as they are set up where there is no TLS: HTTP/1.1 in plaintext. */
public final class PlainServers {

    private PlainServers() {}

    public static void main(String... args) throws Exception {
        Site.openInPlaintext(jdk(), tomcat(), netty(), jetty());
    }

    private static int jdk() throws Exception {
        return JdkServer.start(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    private static int tomcat() throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
        Connector connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        Tomcat.addServlet(tomcat.addContext("", null), "site", new TomcatServer.SiteServlet())
                .addMapping("/");
        tomcat.start();
        return connector.getLocalPort();
    }

    private static int netty() throws InterruptedException {
        return NettyServer.start(
                pipeline -> pipeline.addLast(NettyHttp.plain(new HttpServerCodec(), new NettyServer.SiteHandler())));
    }

    private static int jetty() throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new JettyServer.SiteHandler());
        server.start();
        return connector.getLocalPort();
    }
}
