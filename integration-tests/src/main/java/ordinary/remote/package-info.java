/** Remote calls between JVMs, RMI and JMX over TLS, as the JDK's documentation sets them up. */
package ordinary.remote;
