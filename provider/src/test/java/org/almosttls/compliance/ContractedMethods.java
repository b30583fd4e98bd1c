package org.almosttls.compliance;

import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.HandshakeCompletedEvent;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyStoreBuilderParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionBindingEvent;
import javax.net.ssl.SSLSessionBindingListener;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** What an application can call of JSSE on the platform that runs, as {@code SSLSocket.getSession()}. */
final class ContractedMethods {

    private static final List<Class<?>> CLASSES = List.of(
            SSLContext.class,
            SSLParameters.class,
            SSLEngine.class,
            SSLSocket.class,
            SSLServerSocket.class,
            SSLSocketFactory.class,
            SSLServerSocketFactory.class,
            SSLSession.class,
            ExtendedSSLSession.class,
            SSLSessionContext.class,
            SSLSessionBindingListener.class,
            SSLSessionBindingEvent.class,
            HandshakeCompletedListener.class,
            HandshakeCompletedEvent.class,
            KeyManagerFactory.class,
            TrustManagerFactory.class,
            KeyStoreBuilderParameters.class,
            CertPathTrustManagerParameters.class,
            HttpsURLConnection.class);

    /** What sockets and factories of TLS inherit: what is asked of one, not what is set for all. */
    private static final List<Class<?>> INHERITED =
            List.of(Socket.class, ServerSocket.class, SocketFactory.class, ServerSocketFactory.class);

    private ContractedMethods() {}

    static List<String> all() {
        return Stream.concat(ofJsse(), inherited()).distinct().sorted().toList();
    }

    private static Stream<String> ofJsse() {
        return CLASSES.stream()
                .flatMap(each -> Stream.<Executable>concat(
                                Arrays.stream(each.getDeclaredConstructors()), Arrays.stream(each.getDeclaredMethods()))
                        .filter(ContractedMethods::isOfApplications)
                        .map(ContractedMethods::nameOf));
    }

    private static Stream<String> inherited() {
        return INHERITED.stream()
                .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
                .filter(ContractedMethods::isOfApplications)
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(ContractedMethods::nameOf);
    }

    private static boolean isOfApplications(Executable each) {
        boolean isOfSubclasses = isConstructor(each)
                && Modifier.isAbstract(each.getDeclaringClass().getModifiers());
        return Modifier.isPublic(each.getModifiers())
                && !isOfSubclasses
                && !each.isSynthetic()
                && !each.getName().equals("toString");
    }

    private static boolean isConstructor(Executable each) {
        return each.getName().equals(each.getDeclaringClass().getName());
    }

    private static String nameOf(Executable each) {
        String owner = each.getDeclaringClass().getSimpleName();
        String name = isConstructor(each) ? "new" : each.getName();
        return owner + "." + name
                + Arrays.stream(each.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(",", "(", ")"));
    }
}
