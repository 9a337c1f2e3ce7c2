# cmake -DBUILD= -DGENERATOR= -DCONFIG= -DCOMPILER= -DFLAGS= -DSOURCE= -DWORK= -P run.cmake
# Installs the build into a fresh prefix, then configures, builds and runs a program that knows
# nothing but that prefix.
file(REMOVE_RECURSE "${WORK}")
set(prefix "${WORK}/prefix")

function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ECHO STDOUT COMMAND_ERROR_IS_FATAL ANY)
endfunction()

run("${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${prefix}")
run("${prefix}/bin/svi-lda" --version)
run("${CMAKE_COMMAND}" -S "${SOURCE}/consumer" -B "${WORK}/consumer" -G "${GENERATOR}"
    "-DCMAKE_BUILD_TYPE=${CONFIG}" "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DCMAKE_CXX_FLAGS=${FLAGS}"
    "-DCMAKE_PREFIX_PATH=${prefix}" -DCMAKE_FIND_PACKAGE_NO_PACKAGE_REGISTRY=ON)
run("${CMAKE_COMMAND}" --build "${WORK}/consumer")
run("${WORK}/consumer/consumer" "${WORK}")
