package ordinary.remote;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.RMIServerSocketFactory;
import java.rmi.server.UnicastRemoteObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import javax.rmi.ssl.SslRMIServerSocketFactory;

/** A registry and an object in it for anybody, the same for clients with a certificate, and JMX for these too. */
public final class RemoteServer {

    /** The registries and what is in them must not be collected. */
    private static final List<Object> EXPORTED = new ArrayList<>();

    private RemoteServer() {}

    public static void main(String... args) throws Exception {
        int stranger = export(false);
        int member = export(true);
        System.out.println("jmx " + manage());
        System.out.println("listening on " + stranger + " and " + member);
    }

    private static int export(boolean member) throws Exception {
        Listening sockets = new Listening(new SslRMIServerSocketFactory(null, null, member));
        Registry registry = LocateRegistry.createRegistry(0, new SslRMIClientSocketFactory(), sockets);
        int port = sockets.port;
        Greeter greeter = new Polite();
        registry.rebind(
                "greeter", UnicastRemoteObject.exportObject(greeter, 0, new SslRMIClientSocketFactory(), sockets));
        EXPORTED.addAll(List.of(registry, greeter));
        return port;
    }

    private static JMXServiceURL manage() throws IOException {
        Map<String, Object> sockets = Map.of(
                RMIConnectorServer.RMI_CLIENT_SOCKET_FACTORY_ATTRIBUTE, new SslRMIClientSocketFactory(),
                RMIConnectorServer.RMI_SERVER_SOCKET_FACTORY_ATTRIBUTE,
                        new SslRMIServerSocketFactory(null, null, true));
        JMXConnectorServer server = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi://"), sockets, ManagementFactory.getPlatformMBeanServer());
        server.start();
        EXPORTED.add(server);
        return server.getAddress();
    }

    private static final class Polite implements Greeter {

        @Override
        public String greet(String name) {
            return "hello " + name;
        }

        @Override
        public byte[] echo(byte[] bytes) {
            return bytes;
        }
    }

    /** Remembers the port that it was given, which a registry does not tell. */
    private static final class Listening implements RMIServerSocketFactory {

        private final RMIServerSocketFactory tls;
        private volatile int port;

        Listening(RMIServerSocketFactory tls) {
            this.tls = tls;
        }

        @Override
        public ServerSocket createServerSocket(int wanted) throws IOException {
            ServerSocket socket = tls.createServerSocket(wanted);
            port = socket.getLocalPort();
            return socket;
        }
    }
}
