package ordinary.remote;

import java.rmi.registry.LocateRegistry;
import java.util.Arrays;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import javax.rmi.ssl.SslRMIClientSocketFactory;

/** {@code RemoteClient <stranger port> <member port> <JMX address>}: calls the objects, and asks the other JVM's name. */
public final class RemoteClient {

    private RemoteClient() {}

    public static void main(String... args) throws Exception {
        System.out.println("rmi " + call(Integer.parseInt(args[0])));
        System.out.println("rmi " + call(Integer.parseInt(args[1])));
        System.out.println("jmx " + ask(new JMXServiceURL(args[2])));
        System.exit(0);
    }

    private static String call(int port) throws Exception {
        var registry = LocateRegistry.getRegistry("localhost", port, new SslRMIClientSocketFactory());
        Greeter greeter = (Greeter) registry.lookup("greeter");
        byte[] upload = new byte[500_000];
        Arrays.fill(upload, (byte) 7);
        boolean back = Arrays.equals(upload, greeter.echo(upload));
        return greeter.greet("there") + (back ? " and all back" : " and other bytes back");
    }

    private static Object ask(JMXServiceURL address) throws Exception {
        try (JMXConnector connector = JMXConnectorFactory.connect(address)) {
            return connector.getMBeanServerConnection().getAttribute(new ObjectName("java.lang:type=Runtime"), "Pid");
        }
    }
}
