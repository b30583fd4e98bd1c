package org.almosttls.agent;

import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.Collections;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** An application that answers questions about what it sees: one line per argument, {@code question=answer}. */
public final class ProbeApp {

    private static final Function<Object[], Object> BROKEN = arguments -> {
        throw new IllegalStateException("broken on purpose");
    };

    private static final Predicate<Object> BROKEN_TOO = engine -> BROKEN.apply(new Object[] {engine}) != null;

    private static final String BOOT = "org.almosttls.agent.boot.";

    private static SSLSocket connection;

    private ProbeApp() {}

    public static void main(String[] questions) throws Exception {
        for (String question : questions) System.out.println(question + "=" + answer(question));
    }

    /** The same, of the lines that it reads. */
    public static final class Waiting {

        private Waiting() {}

        public static void main(String[] none) throws Exception {
            var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String question = in.readLine(); question != null; question = in.readLine()) ask(question);
        }

        private static void ask(String question) {
            try {
                System.out.println(question + "=" + answer(question));
            } catch (Exception e) {
                System.out.println(question + "=" + e);
            }
        }
    }

    private static String answer(String question) throws Exception {
        String[] words = question.split(":", 2);
        return switch (words[0]) {
            case "hello" -> "world";
            case "providers" ->
                Arrays.stream(Security.getProviders()).map(Provider::getName).collect(Collectors.joining(" "));
            case "context" -> provider(SSLContext.getInstance(words[1]));
            case "contextByName" -> provider(SSLContext.getInstance("TLS", words[1]));
            case "contextByProvider" -> provider(SSLContext.getInstance("TLS", Security.getProvider(words[1])));
            case "contextAsOfGrpc" -> provider(SSLContext.getInstance("TLS", firstNamed("SunJSSE", "SSLContext.TLS")));
            case "keysAsOfDerby" -> keyManagers(KeyManagerFactory.getInstance("SunX509", "SunJSSE"));
            case "attach" -> Agents.load(words[1]);
            case "contextOfItsOwn" -> Own.answer();
            case "engine" -> roomOf(begun());
            case "engineOfDefault" -> roomOf(SSLContext.getDefault().createSSLEngine());
            case "threads" -> threads();
            case "insertFirst" -> insertFirst(words[1]);
            case "default" -> provider(SSLContext.getDefault());
            case "defaultSetBefore" -> setDefault(words[1]);
            case "socketFactory" -> roomOf(SSLSocketFactory.getDefault());
            case "serverSocketFactory" -> roomOf(SSLServerSocketFactory.getDefault());
            case "httpsFactory" -> roomOf(HttpsURLConnection.getDefaultSSLSocketFactory());
            case "defaultTwice" -> String.valueOf(SSLContext.getDefault() == SSLContext.getDefault());
            case "contextLoader" ->
                loaderOf(SSLContext.getInstance("TLS").getProvider().getClass());
            case "class" -> classVisible(words[1]);
            case "resources" -> resources(words[1]);
            case "jetty" -> JettyProbe.answer(words[1]);
            case "fetch" -> fetch(SSLContext.getInstance("TLS"), words[1]);
            case "fetchByBouncyCastle" -> fetch(WatchedStacks.context("BCJSSE"), words[1]);
            case "open" -> open(words[1]);
            case "echo" -> echo(words[1]);
            case "leave" -> leave();
            case "openPlain" -> PlainProbe.open(words[1]);
            case "echoBySocket" -> PlainProbe.echoBySocket(words[1]);
            case "echoByChannel" -> PlainProbe.echoByChannel(words[1]);
            case "leavePlain" -> PlainProbe.leave();
            case "exit" -> exit(words[1]);
            case "plain" -> plain(words[1]);
            case "plainChannel" -> plainChannel(words[1]);
            case "threadsNamed" -> threads(words[1]);
            case "breakBridge" -> breakBridge("answerSslContexts", Function.class, BROKEN);
            case "break" -> Broken.bridge(words[1]);
            case "breakEngines" -> breakBridge("answerEngines", Predicate.class, BROKEN_TOO);
            default -> throw new IllegalArgumentException(question);
        };
    }

    private static String provider(SSLContext context) {
        return context.getProvider().getName();
    }

    private static Provider firstNamed(String name, String filter) {
        return Arrays.stream(Security.getProviders(filter))
                .filter(provider -> provider.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String keyManagers(KeyManagerFactory factory) throws Exception {
        factory.init(null, null);
        SSLContext.getInstance("TLS", "SunJSSE").init(factory.getKeyManagers(), null, null);
        return factory.getProvider().getName();
    }

    private static SSLEngine begun() throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        engine.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(1 << 15));
        return engine;
    }

    private static String threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .map(Thread::getName)
                .filter(name -> !name.equals("DestroyJavaVM"))
                .collect(Collectors.joining(" "));
    }

    private static String insertFirst(String name) {
        Provider provider = Security.getProvider(name);
        Security.removeProvider(name);
        return String.valueOf(Security.insertProviderAt(provider, 1));
    }

    /** A context that it has put together by itself. */
    private static final class OwnTls extends SSLContext {

        OwnTls(SSLContext like) {
            super(new EmptyTls(), Security.getProvider("SUN"), like.getProtocol());
        }
    }

    private static String setDefault(String providerName) throws Exception {
        SSLContext chosen = SSLContext.getInstance("TLS", Security.getProvider(providerName));
        SSLContext.setDefault(chosen);
        return String.valueOf(SSLContext.getDefault() == chosen);
    }

    private static String roomOf(Object factory) {
        return factory.getClass().getPackageName();
    }

    private static String classVisible(String name) {
        try {
            ClassLoader loader =
                    Class.forName(name, false, ProbeApp.class.getClassLoader()).getClassLoader();
            return loader == null ? "bootstrap" : loader.getName();
        } catch (ClassNotFoundException e) {
            return "not found";
        }
    }

    private static String loaderOf(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null ? "bootstrap" : loader.getName();
    }

    private static String resources(String name) throws Exception {
        return Collections.list(ClassLoader.getSystemResources(name)).stream()
                .map(URL::toString)
                .filter(url -> url.contains("almost-tls-agent"))
                .collect(Collectors.joining(" "));
    }

    /** What a defect in the agent would do to it. */
    private static String breakBridge(String method, Class<?> type, Object broken) throws Exception {
        return breakBridge("AgentBridge", method, type, broken);
    }

    private static String breakBridge(String bridge, String method, Class<?> type, Object broken) throws Exception {
        Class.forName(BOOT + bridge).getMethod(method, type).invoke(null, broken);
        return "done";
    }

    /** With a context of its own, made anew. */
    private static String fetch(SSLContext context, String address) throws Exception {
        context.init(null, null, null);
        var connection = (HttpsURLConnection) new URL(address).openConnection();
        connection.setSSLSocketFactory(context.getSocketFactory());
        try (var page = connection.getInputStream()) {
            page.readAllBytes();
        }
        return String.valueOf(connection.getResponseCode());
    }

    private static String open(String port) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        connection = (SSLSocket) context.getSocketFactory().createSocket("localhost", Integer.parseInt(port));
        connection.startHandshake();
        return context.getProvider().getName();
    }

    private static String echo(String line) throws Exception {
        connection.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        var answer = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        return answer.readLine();
    }

    /** Over a socket in plaintext, as far as it knows. */
    private static String plain(String port) throws Exception {
        try (var socket = new Socket("localhost", Integer.parseInt(port))) {
            socket.getOutputStream().write("plain\n".getBytes(StandardCharsets.UTF_8));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        }
    }

    /** The same over a channel. */
    private static String plainChannel(String port) throws Exception {
        try (var channel = SocketChannel.open(new InetSocketAddress("localhost", Integer.parseInt(port)))) {
            channel.write(ByteBuffer.wrap("plain\n".getBytes(StandardCharsets.UTF_8)));
            channel.shutdownOutput();
            var answer = ByteBuffer.allocate(6);
            while (answer.hasRemaining() && channel.read(answer) >= 0) Thread.onSpinWait();
            return new String(answer.array(), StandardCharsets.UTF_8).strip();
        }
    }

    private static String exit(String code) {
        System.exit(Integer.parseInt(code));
        return "not reached";
    }

    private static String leave() throws Exception {
        connection.close();
        connection = null;
        return "left";
    }

    /** The names of those that run and begin so. */
    private static String threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** Bridges to somebody who fails at each call. */
    private static final class Broken {

        private Broken() {}

        private static String bridge(String name) throws Exception {
            return switch (name) {
                case "Observe" -> {
                    Object observer = at("Observer");
                    Supplier<Object> source = () -> observer;
                    yield breakBridge("ObserveBridge", "observe", Supplier.class, source);
                }
                case "Upgrade" -> broken("UpgradeBridge", "UpgradeBridge$Sockets");
                case "Channel" -> broken("ChannelBridge", "ChannelBridge$Channels");
                default -> broken("EngineBridge", "EngineBridge$Engines");
            };
        }

        private static String broken(String bridge, String end) throws Exception {
            Object broken = at(end);
            return breakBridge(bridge, "answer", broken.getClass().getInterfaces()[0], broken);
        }

        private static Object at(String end) throws ClassNotFoundException {
            Class<?> type = Class.forName(BOOT + end);
            return Proxy.newProxyInstance(null, new Class<?>[] {type}, (proxy, method, arguments) -> {
                // What a permissive agent says of itself, and of a channel that it leaves alone.
                if (method.getReturnType() == boolean.class) return false;
                if (method.getReturnType() == long.class) return Long.MIN_VALUE;
                if (method.getReturnType() == int.class) return 0;
                throw new IllegalStateException("broken on purpose");
            });
        }
    }

    /** By itself, since not every JVM can. */
    private static final class Agents {

        private Agents() {}

        /** Into this JVM: a jar, and behind {@code =} its options. */
        private static String load(String jarAndOptions) throws Exception {
            String[] words = jarAndOptions.split("=", 2);
            VirtualMachine itself =
                    VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
            itself.loadAgent(words[0], words[1]);
            itself.detach();
            return "loaded";
        }
    }

    /** By itself, so that checking the rest of the application loads no context. */
    private static final class Own {

        private Own() {}

        private static String answer() throws Exception {
            return provider(new OwnTls(SSLContext.getInstance("TLS", "SunJSSE")));
        }
    }
}
